// colors.h - colours of pixels in 0...1, red, green and blue side by side; and random numbers for noise.

static const float red_weight = 0.2989f, green_weight = 0.587f, blue_weight = 0.114f; // of grey, as in torchvision

INLINE float limited(float value, float lower, float upper) {
    return value < lower ? lower : value > upper ? upper : value;
}

INLINE float grey(const float *pixel) {
    return red_weight * pixel[0] + green_weight * pixel[1] + blue_weight * pixel[2];
}

static void blend(size_t count, float share, float other, float *x) {
    float added = (1 - share) * other;
    VECTORIZE for (size_t i = 0; i < count; i++) x[i] = limited(share * x[i] + added, 0, 1);
}

static double sum(size_t count, const float *x) {
    double_vector sums[2] = {{0}, {0}};
    for (size_t i = 0; i < count; i += 2 * LANES) {
        UNROLL for (size_t v = 0; v < 2; v++) {
            size_t at = smaller(i + v * LANES, count);
            sums[v] += __builtin_convertvector(load(x + at, count - at), double_vector);
        }
    }
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) total += sums[0][lane] + sums[1][lane];
    return total;
}

static double color_grey_sum(size_t pixels, const float *x) {
    // In blocks that floats add up exactly enough, so that the inner loop has no doubles.
    enum { block = 64 };
    double total = 0;
    for (size_t done = 0; done < pixels; done += block) {
        float greys[block] = {0};
        size_t count = smaller(block, pixels - done);
        VECTORIZE for (size_t i = 0; i < count; i++) greys[i] = grey(x + 3 * (done + i));
        total += sum(count, greys);
    }
    return total;
}

static void color_saturate(size_t pixels, float share, float *x) {
    VECTORIZE for (size_t i = 0; i < pixels; i++) {
        float *pixel = x + 3 * i;
        float red = pixel[0], green = pixel[1], blue = pixel[2], added = (1 - share) * grey(pixel);
        pixel[0] = limited(share * red + added, 0, 1);
        pixel[1] = limited(share * green + added, 0, 1);
        pixel[2] = limited(share * blue + added, 0, 1);
    }
}

/// A channel of a colour whose hue is `sixths` of the circle past that channel's own zero: 0 to 1 and back.
INLINE float hue_share(float sixths) {
    float wrapped = sixths >= 6 ? sixths - 6 : sixths;
    return limited(wrapped < 4 - wrapped ? wrapped : 4 - wrapped, 0, 1);
}

static void color_turn_hue(size_t pixels, float turn, float *x) {
    VECTORIZE for (size_t i = 0; i < pixels; i++) {
        float *pixel = x + 3 * i;
        float red = pixel[0], green = pixel[1], blue = pixel[2];
        float most = red > green ? red : green, least = red > green ? green : red;
        most = most > blue ? most : blue;
        least = least < blue ? least : blue;
        float chroma = most - least, divisor = chroma > 0 ? chroma : 1;
        float of_red = (green - blue) / divisor, of_green = 2 + (blue - red) / divisor;
        float of_blue = 4 + (red - green) / divisor;
        float hue = most == red ? of_red : most == green ? of_green : of_blue;
        hue += 6 * turn; // in -4...8
        hue = hue < 0 ? hue + 6 : hue;
        hue = hue >= 6 ? hue - 6 : hue;
        pixel[0] = most - chroma * hue_share(hue + 5);
        pixel[1] = most - chroma * hue_share(hue + 3);
        pixel[2] = most - chroma * hue_share(hue + 1);
    }
}

// MARK: Normal numbers

/// log(x) for normal x > 0, to 2 units in the last place (the polynomial of Cephes' logf).
INLINE float logarithm(float x) {
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    int32_t exponent = (bits - 0x3f3504f3) >> 23; // so that the rest is in sqrt(1/2)...sqrt(2)
    bits -= exponent * (1 << 23);
    float m;
    memcpy(&m, &bits, sizeof m);
    m -= 1;
    float p = 7.0376836292e-2f;
    p = p * m - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    return m + (m * m * (p * m - 0.5f)) + (float)exponent * 0.693147181f;
}

/// sqrt(2) erf^-1(x) for -1 < x < 1: a normal number of a uniform one (Giles, 2012).
INLINE float normal_of_uniform(float x) {
    float w = -logarithm((1 - x) * (1 + x));
    float near = w - 2.5f, far = __builtin_elementwise_sqrt(w) - 3;
    float p = 2.81022636e-08f, q = -0.000200214257f;
    p = p * near + 3.43273939e-07f;
    q = q * far + 0.000100950558f;
    p = p * near - 3.5233877e-06f;
    q = q * far + 0.00134934322f;
    p = p * near - 4.39150654e-06f;
    q = q * far - 0.00367342844f;
    p = p * near + 0.00021858087f;
    q = q * far + 0.00573950773f;
    p = p * near - 0.00125372503f;
    q = q * far - 0.0076224613f;
    p = p * near - 0.00417768164f;
    q = q * far + 0.00943887047f;
    p = p * near + 0.246640727f;
    q = q * far + 1.00167406f;
    p = p * near + 1.50140941f;
    q = q * far + 2.83297682f;
    return 1.41421356f * x * (w < 5 ? p : q);
}

static void normal(size_t count, uint64_t key, float *y) {
    uint64_t mixed = mix64(key + 0x9e3779b97f4a7c15u);
    VECTORIZE for (size_t i = 0; i < count; i++) {
        // The middles of 2^23 equal parts of -1...1: neither end, and as many below 0 as above.
        float middle = (float)(int32_t)(random_bits(mixed, (uint32_t)i) >> 9) + 0.5f;
        y[i] = normal_of_uniform(middle * 0x1p-22f - 1);
    }
}
