// lines.h - the transforms of Winograd's minimal filtering along one line, F(2,3) and F(4,3), for LANES channels.
//
// With points p the outputs are y = A^T [(G w) * (B^T x)]: G evaluates the filter at the points, B^T the patch, and
// A^T interpolates; each is made of powers of the points. F(2,3) has the points 0, 1, -1 and infinity: no rounding
// but that of sums. F(4,3) has 0, a, -a, b, -b and infinity. The usual a = 1, b = 2 lets powers grow to 8; with
// a = 5/8, b = 3/2, whose powers are exact floats too, the largest error is a quarter and its rms half of that
// (64 channels, normal weights: 6e-6 and 6e-7 of the result's rms).
//
// `tile` is 2 or 4, a constant where these are used.

#define A 0.625f
#define B 1.5f
static const float a1 = A, a2 = A * A, a3 = A * A * A;
static const float b1 = B, b2 = B * B, b3 = B * B * B;
/// What a's and b's rows of G are divided by: the product of the point's distances from the others.
static const float a_scale = 1 / (2 * A * A * (A * A - B * B)), b_scale = 1 / (2 * B * B * (B * B - A * A));
#undef A
#undef B

typedef void line_map(int tile, const vector *x, vector *y);

/// B^T: the pixels of a patch, tile + 2 of them to as many.
INLINE void patch_line(int tile, const vector *x, vector *y) {
    if (tile == 2) {
        y[0] = x[0] - x[2];
        y[1] = x[1] + x[2];
        y[2] = x[2] - x[1];
        y[3] = x[1] - x[3];
    } else {
        vector even_a = x[4] - b2 * x[2], odd_a = a1 * (x[3] - b2 * x[1]);
        vector even_b = x[4] - a2 * x[2], odd_b = b1 * (x[3] - a2 * x[1]);
        y[0] = a2 * b2 * x[0] + even_a - a2 * x[2];
        y[1] = even_a + odd_a;
        y[2] = even_a - odd_a;
        y[3] = even_b + odd_b;
        y[4] = even_b - odd_b;
        y[5] = a2 * b2 * x[1] + x[5] - (a2 + b2) * x[3];
    }
}

/// G: the 3 taps of a filter to tile + 2.
INLINE void filter_line(int tile, const vector *x, vector *y) {
    if (tile == 2) {
        vector even = 0.5f * (x[0] + x[2]), odd = 0.5f * x[1];
        y[0] = x[0];
        y[1] = even + odd;
        y[2] = even - odd;
        y[3] = x[2];
    } else {
        vector even_a = a_scale * (x[0] + a2 * x[2]), odd_a = a_scale * a1 * x[1];
        vector even_b = b_scale * (x[0] + b2 * x[2]), odd_b = b_scale * b1 * x[1];
        y[0] = 1 / (a2 * b2) * x[0];
        y[1] = even_a + odd_a;
        y[2] = even_a - odd_a;
        y[3] = even_b + odd_b;
        y[4] = even_b - odd_b;
        y[5] = x[2];
    }
}

/// G^T: tile + 2 to the 3 taps of a filter.
INLINE void filter_gradient_line(int tile, const vector *x, vector *y) {
    if (tile == 2) {
        vector even = 0.5f * (x[1] + x[2]);
        y[0] = x[0] + even;
        y[1] = 0.5f * (x[1] - x[2]);
        y[2] = x[3] + even;
    } else {
        vector even_a = a_scale * (x[1] + x[2]), odd_a = a_scale * a1 * (x[1] - x[2]);
        vector even_b = b_scale * (x[3] + x[4]), odd_b = b_scale * b1 * (x[3] - x[4]);
        y[0] = 1 / (a2 * b2) * x[0] + even_a + even_b;
        y[1] = odd_a + odd_b;
        y[2] = a2 * even_a + b2 * even_b + x[5];
    }
}

/// A^T: tile + 2 to the outputs of a tile.
INLINE void output_line(int tile, const vector *x, vector *y) {
    vector even_a = x[1] + x[2], odd_a = x[1] - x[2];
    if (tile == 2) {
        y[0] = x[0] + even_a;
        y[1] = odd_a - x[3];
    } else {
        vector even_b = x[3] + x[4], odd_b = x[3] - x[4];
        y[0] = x[0] + even_a + even_b;
        y[1] = a1 * odd_a + b1 * odd_b;
        y[2] = a2 * even_a + b2 * even_b;
        y[3] = a3 * odd_a + b3 * odd_b + x[5];
    }
}

/// A: the gradients of a tile's outputs to tile + 2.
INLINE void output_gradient_line(int tile, const vector *x, vector *y) {
    y[0] = x[0];
    if (tile == 2) {
        y[1] = x[0] + x[1];
        y[2] = x[0] - x[1];
        y[3] = -x[1];
    } else {
        vector even_a = x[0] + a2 * x[2], odd_a = a1 * x[1] + a3 * x[3];
        vector even_b = x[0] + b2 * x[2], odd_b = b1 * x[1] + b3 * x[3];
        y[1] = even_a + odd_a;
        y[2] = even_a - odd_a;
        y[3] = even_b + odd_b;
        y[4] = even_b - odd_b;
        y[5] = x[3];
    }
}
