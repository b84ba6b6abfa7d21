// updates.c - what optimizers do to gradients, weights and what they remember.
#include "CKernelsReference.h"

#include <math.h>

void cairn_reference_adam(size_t count, float *gradient, float *m, float *v, float beta1, float beta2,
                          float correction1, float correction2, float epsilon) {
    for (size_t i = 0; i < count; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * gradient[i];
        v[i] = beta2 * v[i] + (1 - beta2) * gradient[i] * gradient[i];
        gradient[i] = (m[i] / correction1) / (sqrtf(v[i] / correction2) + epsilon);
    }
}

void cairn_reference_square_add(size_t count, float a, const float *x, float b, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = a * (x[i] * x[i]) + b * y[i];
}

void cairn_reference_divide_by_root(size_t count, float scale, const float *v, float correction, float epsilon,
                                    float *y) {
    for (size_t i = 0; i < count; i++) y[i] = scale * y[i] / (sqrtf(v[i] / correction) + epsilon);
}

void cairn_reference_divide_by_deviation(size_t count, const float *v, const float *m, float epsilon, float *y) {
    for (size_t i = 0; i < count; i++) y[i] /= sqrtf(fmaxf(v[i] - m[i] * m[i], 0)) + epsilon;
}

void cairn_reference_divide_by_maximum(size_t count, float scale, const float *m, float decay, float epsilon,
                                       float *u, float *gradient) {
    for (size_t i = 0; i < count; i++) {
        u[i] = fmaxf(decay * u[i], fabsf(gradient[i]) + epsilon);
        gradient[i] = scale * m[i] / u[i];
    }
}

void cairn_reference_maximum(size_t count, const float *x, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = fmaxf(x[i], y[i]);
}

void cairn_reference_adadelta(size_t count, float *gradient, float *squares, float *steps, float rho,
                              float epsilon) {
    for (size_t i = 0; i < count; i++) {
        squares[i] = rho * squares[i] + (1 - rho) * (gradient[i] * gradient[i]);
        gradient[i] *= sqrtf(steps[i] + epsilon) / sqrtf(squares[i] + epsilon);
        steps[i] = rho * steps[i] + (1 - rho) * (gradient[i] * gradient[i]);
    }
}

static float sign(float x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

void cairn_reference_lion(size_t count, float *gradient, float *m, float beta1, float beta2) {
    for (size_t i = 0; i < count; i++) {
        float g = gradient[i];
        gradient[i] = sign(beta1 * m[i] + (1 - beta1) * g);
        m[i] = beta2 * m[i] + (1 - beta2) * g;
    }
}

void cairn_reference_sign_add(size_t count, float a, const float *x, float *y) {
    for (size_t i = 0; i < count; i++) y[i] += a * sign(x[i]);
}

void cairn_reference_limit_magnitudes(size_t count, float limit, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = fminf(fmaxf(y[i], -limit), limit);
}

void cairn_reference_limit_column_norms(size_t rows, size_t columns, float limit, float *w) {
    for (size_t c = 0; c < columns; c++) {
        double squares = 0;
        for (size_t r = 0; r < rows; r++) squares += (double)w[r * columns + c] * w[r * columns + c];
        float norm = (float)sqrt(squares);
        for (size_t r = 0; r < rows && norm > limit; r++) w[r * columns + c] *= limit / (norm + 1e-7f);
    }
}
