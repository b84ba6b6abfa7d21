// updates.h - what optimizers do to gradients, weights and what they remember: one number each at a time.

static void adam(size_t count, float *gradient, float *m, float *v, float beta1, float beta2, float correction1,
                 float correction2, float epsilon) {
    VECTORIZE for (size_t i = 0; i < count; i++) {
        float g = gradient[i];
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        gradient[i] = (m[i] / correction1) / (__builtin_elementwise_sqrt(v[i] / correction2) + epsilon);
    }
}

static void square_add(size_t count, float a, const float *x, float b, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) y[i] = a * (x[i] * x[i]) + b * y[i];
}

static void divide_by_root(size_t count, float scale, const float *v, float correction, float epsilon, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++)
        y[i] = scale * y[i] / (__builtin_elementwise_sqrt(v[i] / correction) + epsilon);
}

static void divide_by_deviation(size_t count, const float *v, const float *m, float epsilon, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) {
        float variance = v[i] - m[i] * m[i];
        y[i] = y[i] / (__builtin_elementwise_sqrt(variance < 0 ? 0 : variance) + epsilon);
    }
}

static void divide_by_maximum(size_t count, float scale, const float *m, float decay, float epsilon, float *u,
                              float *gradient) {
    VECTORIZE for (size_t i = 0; i < count; i++) {
        float size = __builtin_fabsf(gradient[i]) + epsilon, before = decay * u[i];
        float most = before > size ? before : size;
        u[i] = most;
        gradient[i] = scale * m[i] / most;
    }
}

static void maximum(size_t count, const float *x, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) {
        float a = x[i], b = y[i];
        y[i] = b > a ? b : a;
    }
}

static void adadelta(size_t count, float *gradient, float *squares, float *steps, float rho, float epsilon) {
    VECTORIZE for (size_t i = 0; i < count; i++) {
        float g = gradient[i], square = rho * squares[i] + (1 - rho) * (g * g), before = steps[i];
        float step = __builtin_elementwise_sqrt(before + epsilon) / __builtin_elementwise_sqrt(square + epsilon) * g;
        squares[i] = square;
        steps[i] = rho * before + (1 - rho) * (step * step);
        gradient[i] = step;
    }
}

INLINE float sign(float x) { return (float)(x > 0) - (float)(x < 0); }

static void lion(size_t count, float *gradient, float *m, float beta1, float beta2) {
    VECTORIZE for (size_t i = 0; i < count; i++) {
        float g = gradient[i], before = m[i];
        gradient[i] = sign(beta1 * before + (1 - beta1) * g);
        m[i] = beta2 * before + (1 - beta2) * g;
    }
}

static void sign_add(size_t count, float a, const float *x, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) y[i] += a * sign(x[i]);
}

static void limit_magnitudes(size_t count, float limit, float *y) {
    VECTORIZE for (size_t i = 0; i < count; i++) {
        float value = y[i];
        value = value > limit ? limit : value;
        y[i] = value < -limit ? -limit : value;
    }
}

static void limit_column_norms(size_t rows, size_t columns, float limit, float *w) {
    for (size_t c = 0; c < columns; c += LANES) {
        size_t width = smaller(LANES, columns - c);
        double_vector squares = {0};
        for (size_t r = 0; r < rows; r++) {
            double_vector x = __builtin_convertvector(load(w + r * columns + c, width), double_vector);
            squares += x * x;
        }
        float scales[LANES];
        bool is_longer = false;
        for (size_t lane = 0; lane < LANES; lane++) {
            float norm = (float)__builtin_sqrt(squares[lane]);
            scales[lane] = norm > limit ? limit / (norm + 1e-7f) : 1;
            is_longer |= norm > limit;
        }
        if (!is_longer) continue;
        vector scale = *(const unaligned_vector *)scales;
        for (size_t r = 0; r < rows; r++) store(w + r * columns + c, load(w + r * columns + c, width) * scale, width);
    }
}
