// resize.h - images made larger or smaller, LANES channels at a time: each output pixel is one input pixel, or a
// mean of four.
//
// Positions are computed as PyTorch does, in single precision: a ratio that rounds the other way would take
// another pixel.

/// The two input rows or columns that an output lies between, and the weight of the second.
typedef struct resize_taps {
    int low, high;
    float weight;
} resize_taps;

INLINE resize_taps nearest_tap(int output, int source, int count) {
    float ratio = (float)source / (float)count;
    int low = clamp((int)((float)output * ratio), source - 1);
    return (resize_taps){low, low, 0};
}

INLINE resize_taps bilinear_taps(int output, int source, int count) {
    float ratio = (float)source / (float)count;
    float position = ratio * ((float)output + 0.5f) - 0.5f;
    if (position < 0) position = 0;
    int low = clamp((int)position, source - 1);
    return (resize_taps){low, low < source - 1 ? low + 1 : low, position - (float)low};
}

/// One output pixel: where its four taps are, and their weights.
typedef struct resize_pixel {
    size_t tap[2][2];
    float weight[2][2];
    size_t output, channels;
} resize_pixel;

INLINE void for_each_pixel(const cairn_resizing *g, size_t images, const float *from, float *to,
                           resize_taps (*taps)(int output, int source, int count),
                           void (*body)(const resize_pixel *pixel, const float *from, float *to)) {
    size_t channels = (size_t)g->channels, width = (size_t)g->input_width;
    resize_pixel p = {.channels = channels};
    for (size_t n = 0; n < images; n++) {
        size_t image = n * (size_t)g->input_height * width;
        for (int oy = 0; oy < g->output_height; oy++) {
            resize_taps y = taps(oy, g->input_height, g->output_height);
            size_t low = image + (size_t)y.low * width, high = image + (size_t)y.high * width;
            for (int ox = 0; ox < g->output_width; ox++, p.output += channels) {
                resize_taps x = taps(ox, g->input_width, g->output_width);
                p.tap[0][0] = (low + (size_t)x.low) * channels;
                p.tap[0][1] = (low + (size_t)x.high) * channels;
                p.tap[1][0] = (high + (size_t)x.low) * channels;
                p.tap[1][1] = (high + (size_t)x.high) * channels;
                p.weight[0][0] = (1 - y.weight) * (1 - x.weight);
                p.weight[0][1] = (1 - y.weight) * x.weight;
                p.weight[1][0] = y.weight * (1 - x.weight);
                p.weight[1][1] = y.weight * x.weight;
                body(&p, from, to);
            }
        }
    }
}

INLINE void copy_of_pixel(const resize_pixel *p, const float *x, float *y) {
    for (size_t c = 0; c < p->channels; c += LANES) {
        size_t count = p->channels - c;
        store(y + p->output + c, load(x + p->tap[0][0] + c, count), count);
    }
}

INLINE void gradient_to_pixel(const resize_pixel *p, const float *dy, float *dx) {
    for (size_t c = 0; c < p->channels; c += LANES) {
        size_t count = p->channels - c;
        float *to = dx + p->tap[0][0] + c;
        store(to, load(to, count) + load(dy + p->output + c, count), count);
    }
}

INLINE void mean_of_pixels(const resize_pixel *p, const float *x, float *y) {
    for (size_t c = 0; c < p->channels; c += LANES) {
        size_t count = p->channels - c;
        vector sum = {0};
        UNROLL for (int i = 0; i < 4; i++) sum += p->weight[i / 2][i % 2] * load(x + p->tap[i / 2][i % 2] + c, count);
        store(y + p->output + c, sum, count);
    }
}

INLINE void gradient_to_pixels(const resize_pixel *p, const float *dy, float *dx) {
    for (size_t c = 0; c < p->channels; c += LANES) {
        size_t count = p->channels - c;
        vector gradient = load(dy + p->output + c, count);
        UNROLL for (int i = 0; i < 4; i++) { // one after the other: at the rim two taps are one pixel
            float *to = dx + p->tap[i / 2][i % 2] + c;
            store(to, load(to, count) + p->weight[i / 2][i % 2] * gradient, count);
        }
    }
}

static void clear_gradient(const cairn_resizing *g, size_t images, float *dx) {
    memset(dx, 0, images * (size_t)g->input_height * (size_t)g->input_width * (size_t)g->channels * sizeof *dx);
}

static void nearest_forward(const cairn_resizing *g, size_t images, const float *x, float *y) {
    for_each_pixel(g, images, x, y, nearest_tap, copy_of_pixel);
}

static void nearest_backward(const cairn_resizing *g, size_t images, const float *dy, float *dx) {
    clear_gradient(g, images, dx);
    for_each_pixel(g, images, dy, dx, nearest_tap, gradient_to_pixel);
}

static void bilinear_forward(const cairn_resizing *g, size_t images, const float *x, float *y) {
    for_each_pixel(g, images, x, y, bilinear_taps, mean_of_pixels);
}

static void bilinear_backward(const cairn_resizing *g, size_t images, const float *dy, float *dx) {
    clear_gradient(g, images, dx);
    for_each_pixel(g, images, dy, dx, bilinear_taps, gradient_to_pixels);
}
