// activations.h - functions of single elements, and their gradients.
//
// Each is a formula of vectors in two switches, one for each direction; `each_activation` makes a loop of its own of
// every formula.

INLINE vector hard_gate(vector x) { // max(0, min(6, x + 3)) / 6, NaN kept
    vector shifted = rectified(x + 3);
    return select(shifted > 6, broadcast(6), shifted) * (1.0f / 6);
}

/// What `gelu_tanh` takes the hyperbolic tangent of.
INLINE vector gelu_inner(vector x) { return 0.797884561f * (x + 0.044715f * (x * x * x)); }

INLINE vector activation_value(cairn_activation f, vector x) {
    switch (f.kind) {
    case cairn_leaky_relu: return select(x > 0, x, f.a * x);
    case cairn_elu: return f.b * select(x <= 0, f.a * exponential_minus_one(x), x);
    case cairn_gelu: return 0.5f * x * (1 + error_function(x * 0.707106781f));
    case cairn_gelu_tanh: return 0.5f * x * (1 + hyperbolic_tangent(gelu_inner(x)));
    case cairn_silu: return x * logistic(x);
    case cairn_sigmoid: return logistic(x);
    case cairn_tanh: return hyperbolic_tangent(x);
    case cairn_softplus: {
        vector z = f.a * x;
        vector soft = (rectified(z) + logarithm_plus_one(exponential(-magnitude(z)))) / f.a;
        return select(z > f.b, x, soft);
    }
    case cairn_hard_swish: return x * hard_gate(x);
    }
}

/// dy/dx, from x and y.
INLINE vector activation_slope(cairn_activation f, vector x, vector y) {
    vector one = broadcast(1);
    switch (f.kind) {
    case cairn_leaky_relu: return select(x > 0, one, broadcast(f.a));
    case cairn_elu: return select(x <= 0, y + f.a * f.b, broadcast(f.b));
    case cairn_gelu: {
        vector share = 0.5f * (1 + error_function(x * 0.707106781f));
        return share + x * (0.398942280f * exponential(-0.5f * (x * x)));
    }
    case cairn_gelu_tanh: {
        vector tangent = hyperbolic_tangent(gelu_inner(x));
        vector inner_slope = 0.797884561f * (1 + 3 * 0.044715f * (x * x));
        return 0.5f * (1 + tangent) + 0.5f * x * (1 - tangent * tangent) * inner_slope;
    }
    case cairn_silu: {
        vector share = logistic(x);
        return share + y * (1 - share);
    }
    case cairn_sigmoid: return y * (1 - y);
    case cairn_tanh: return 1 - y * y;
    case cairn_softplus: return select(f.a * x > f.b, one, logistic(f.a * x));
    case cairn_hard_swish: return select(x <= -3, (vector){0}, select(x < 3, x * (1.0f / 3) + 0.5f, one));
    }
}

/// Forward if `dy` is null. `f.kind` is a constant where this is used, so that one formula remains.
INLINE void map_activation(cairn_activation f, size_t count, const float *x, const float *y, const float *dy,
                           float *result) {
    for (size_t i = 0; i < count; i += LANES) {
        size_t lanes = smaller(count - i, LANES);
        vector input = load(x + i, lanes), value;
        if (dy) {
            value = load(dy + i, lanes) * activation_slope(f, input, load(y + i, lanes));
        } else {
            value = activation_value(f, input);
        }
        store(result + i, value, lanes);
    }
}

INLINE void each_activation(cairn_activation f, size_t count, const float *x, const float *y, const float *dy,
                            float *result) {
    switch (f.kind) {
#define LOOP(name)                                                                                                  \
    case name: map_activation((cairn_activation){name, f.a, f.b}, count, x, y, dy, result); break;
        CAIRN_ACTIVATIONS(LOOP)
#undef LOOP
    }
}

static void activation_forward(cairn_activation f, size_t count, const float *x, float *y) {
    each_activation(f, count, x, NULL, NULL, y);
}

static void activation_backward(cairn_activation f, size_t count, const float *x, const float *y, const float *dy,
                                float *dx) {
    each_activation(f, count, x, y, dy, dx);
}
