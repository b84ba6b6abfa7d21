// functions.h - functions of vectors beyond arithmetic, off by a few units in the last place. NaN gives NaN.

INLINE vector magnitude(vector value) { return (vector)((int_vector)value & 0x7fffffff); }

/// `value`, which is not negative, with the sign of another one.
INLINE vector with_sign(vector value, vector sign) {
    return (vector)((int_vector)value | ((int_vector)sign & INT32_MIN));
}

/// e^x as (1 + fraction) 2^n.
typedef struct power {
    vector fraction, two_to_n;
} power;

/// For -87 <= x <= 0: x = n ln 2 + r with |r| <= ln 2 / 2, and the fraction is e^r - 1.
///
/// Adding 1.5 * 2^23 rounds x / ln 2 to n and leaves n in the lowest bits, which are shifted to where a float's
/// exponent is. ln 2 is split so that n times its upper part is exact.
INLINE power power_of_e(vector x) {
    const float rounder = 12582912;
    vector shifted = x * 1.44269504f + rounder, n = shifted - rounder;
    vector r = x - n * 0.693359375f + n * 2.12194440e-4f;
    vector series = 0.5f + r * (1.66666655e-1f + r * (4.16657959e-2f + r * (8.33345191e-3f + r * (1.39819995e-3f
                  + r * 1.98756915e-4f))));
    int_vector two_to_n = ((int_vector)shifted << 23) + 0x3f800000;
    return (power){.fraction = r + r * r * series, .two_to_n = (vector)two_to_n};
}

/// e^x for x <= 0; 0 below -87, where floats lose their precision.
INLINE vector exponential(vector x) {
    power e = power_of_e(x);
    return select(x < -87, (vector){0}, (1 + e.fraction) * e.two_to_n);
}

/// e^x - 1 for x <= 0, as precise near 0 as elsewhere.
INLINE vector exponential_minus_one(vector x) {
    power e = power_of_e(x);
    return select(x < -87, broadcast(-1), e.fraction * e.two_to_n + (e.two_to_n - 1));
}

/// ln(1 + x) for 0 <= x <= 1, as precise near 0 as elsewhere: 2 artanh(s) with s = x / (2 + x), at most 1/3.
INLINE vector logarithm_plus_one(vector x) {
    vector s = x / (2 + x), square = s * s;
    vector series = 1.0f / 3 + square * (1.0f / 5 + square * (1.0f / 7 + square * (1.0f / 9 + square * (1.0f / 11
                  + square * (1.0f / 13 + square * (1.0f / 15))))));
    return 2 * (s + s * square * series);
}

/// 1 / (1 + e^-x)
INLINE vector logistic(vector x) {
    vector e = exponential(-magnitude(x)), share = 1 / (1 + e);
    return select(x < 0, e * share, share);
}

INLINE vector hyperbolic_tangent(vector x) {
    vector e = exponential_minus_one(-2 * magnitude(x));
    return with_sign((0 - e) / (2 + e), x);
}

/// Up to 1 an odd polynomial, beyond 1 - e^q with a polynomial q; both are fitted to least relative error.
INLINE vector error_function(vector x) {
    vector square = x * x;
    vector small = x + x * (1.28379121e-1f + square * (-3.76123250e-1f + square * (1.12801798e-1f + square
                 * (-2.67113112e-2f + square * (4.91755130e-3f + square * -5.63142239e-4f)))));
    vector size = magnitude(x), t = select(size > 4, broadcast(4), size); // from 4 on it is 1
    vector q = -3.41523089e-4f + t * (-1.12708914f + t * (-6.38144851e-1f + t * (-1.03106752e-1f + t
             * (2.18380634e-2f + t * (-2.94765830e-3f + t * 1.86379184e-4f)))));
    return select(size < 1, small, with_sign(1 - exponential(q), x));
}
