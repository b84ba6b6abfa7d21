// activations.c - functions of single elements by the C library's, in double.
#include "CKernelsReference.h"

#include <math.h>

static double value_of(cairn_activation f, double x) {
    double gelu_inner = sqrt(2 / M_PI) * (x + 0.044715 * x * x * x);
    switch (f.kind) {
    case cairn_leaky_relu: return x > 0 ? x : (double)f.a * x;
    case cairn_elu: return (double)f.b * (x <= 0 ? (double)f.a * expm1(x) : x);
    case cairn_gelu: return x / 2 * (1 + erf(x / sqrt(2)));
    case cairn_gelu_tanh: return x / 2 * (1 + tanh(gelu_inner));
    case cairn_silu: return x / (1 + exp(-x));
    case cairn_sigmoid: return 1 / (1 + exp(-x));
    case cairn_tanh: return tanh(x);
    case cairn_softplus: return (double)f.a * x > (double)f.b ? x : log1p(exp((double)f.a * x)) / (double)f.a;
    case cairn_hard_swish: return x <= -3 ? 0 * x : x >= 3 ? x : x * (x + 3) / 6;
    }
}

static double slope_of(cairn_activation f, double x) {
    double gelu_inner = sqrt(2 / M_PI) * (x + 0.044715 * x * x * x);
    double share = 1 / (1 + exp(-x)), tangent = tanh(gelu_inner);
    switch (f.kind) {
    case cairn_leaky_relu: return x > 0 ? 1 : (double)f.a;
    case cairn_elu: return (double)f.b * (x <= 0 ? (double)f.a * exp(x) : 1);
    case cairn_gelu: return (1 + erf(x / sqrt(2))) / 2 + x * exp(-x * x / 2) / sqrt(2 * M_PI);
    case cairn_gelu_tanh:
        return (1 + tangent) / 2 + x / 2 * (1 - tangent * tangent) * sqrt(2 / M_PI) * (1 + 3 * 0.044715 * x * x);
    case cairn_silu: return share * (1 + x * (1 - share));
    case cairn_sigmoid: return share * (1 - share);
    case cairn_tanh: return 1 - tanh(x) * tanh(x);
    case cairn_softplus: return (double)f.a * x > (double)f.b ? 1 : 1 / (1 + exp(-(double)f.a * x));
    case cairn_hard_swish: return x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1;
    }
}

void cairn_reference_activation_forward(cairn_activation f, size_t count, const float *x, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = (float)value_of(f, (double)x[i]);
}

void cairn_reference_activation_backward(cairn_activation f, size_t count, const float *x, const float *dy,
                                         float *dx) {
    for (size_t i = 0; i < count; i++) dx[i] = (float)((double)dy[i] * slope_of(f, (double)x[i]));
}
