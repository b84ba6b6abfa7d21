// pooling.h - windows over images, LANES channels at a time.
//
// `for_each_window` clips every window to the image once, so that no inner loop knows a border, and hands it to a
// body; the four bodies are the four public functions. Complete 2x2 and 3x3 windows, the usual ones, reach the body
// as constants, and its loops over taps unroll.
//
// Adaptive windows go through the same bodies; only the pooling of whole images has its own.

/// One window: which of its taps lie inside the image, and where tap (0, 0) and the output pixel begin.
typedef struct pool_window {
    int first_y, end_y, first_x, end_x;
    int kernel_width, taps;
    int divisor; // of an average
    ptrdiff_t origin, row, channels; // offsets from pixel to pixel down and across
    size_t output;
} pool_window;

/// What a body reads and writes; forward and backward use two or three of them.
typedef struct pool_arrays {
    const float *x, *dy;
    float *y, *dx;
    uint8_t *new_winner;
    const uint8_t *winner;
    bool overlaps; // windows share inputs, so that dx is a sum
} pool_arrays;

INLINE int clamp(int value, int high) { return value < 0 ? 0 : value > high ? high : value; }

INLINE void for_each_window(const cairn_pooling *g, size_t images, pool_arrays arrays,
                            void (*body)(pool_window window, pool_arrays arrays)) {
    size_t image_size = (size_t)g->input_height * (size_t)g->input_width * (size_t)g->channels;
    pool_window w = {
        .kernel_width = g->kernel_width, .taps = g->kernel_height * g->kernel_width,
        .row = (ptrdiff_t)g->input_width * g->channels, .channels = g->channels,
    };
    for (size_t n = 0; n < images; n++) {
        for (int oy = 0; oy < g->output_height; oy++) {
            int y = oy * g->stride_y - g->pad_top;
            w.first_y = clamp(-y, g->kernel_height);
            w.end_y = clamp(g->input_height - y, g->kernel_height);
            for (int ox = 0; ox < g->output_width; ox++, w.output += (size_t)g->channels) {
                int x = ox * g->stride_x - g->pad_left;
                w.first_x = clamp(-x, g->kernel_width);
                w.end_x = clamp(g->input_width - x, g->kernel_width);
                w.origin = (ptrdiff_t)(n * image_size) + y * w.row + x * w.channels;
                int inside = (w.end_y - w.first_y) * (w.end_x - w.first_x);
                bool is_complete = inside == w.taps;
                w.divisor = g->leaves_out_padding ? (inside > 0 ? inside : 1) : w.taps;
                if (is_complete && w.kernel_width == 2 && w.taps == 4) {
                    pool_window two = {0, 2, 0, 2, 2, 4, 4, w.origin, w.row, w.channels, w.output};
                    body(two, arrays);
                } else if (is_complete && w.kernel_width == 3 && w.taps == 9) {
                    pool_window three = {0, 3, 0, 3, 3, 9, 9, w.origin, w.row, w.channels, w.output};
                    body(three, arrays);
                } else {
                    body(w, arrays);
                }
            }
        }
    }
}

/// A gradient's array: zero where no window, or more than one, will write.
static bool prepare_gradient(const cairn_pooling *g, size_t images, float *dx) {
    bool overlaps = g->stride_y < g->kernel_height || g->stride_x < g->kernel_width;
    bool tiles = g->stride_y == g->kernel_height && g->stride_x == g->kernel_width && g->pad_top == 0
              && g->pad_left == 0 && g->output_height * g->kernel_height == g->input_height
              && g->output_width * g->kernel_width == g->input_width;
    size_t image_size = (size_t)g->input_height * (size_t)g->input_width * (size_t)g->channels;
    if (!tiles) memset(dx, 0, images * image_size * sizeof *dx);
    return overlaps;
}

// MARK: Maximum

INLINE void largest_of_window(pool_window w, pool_arrays a) {
    for (ptrdiff_t c = 0; c < w.channels; c += LANES) {
        size_t count = (size_t)(w.channels - c);
        vector best = broadcast(-__builtin_inff());
        int_vector best_tap = (int_vector){0} - 1;
        for (int ky = w.first_y; ky < w.end_y; ky++) {
            for (int kx = w.first_x; kx < w.end_x; kx++) {
                vector value = load(a.x + w.origin + ky * w.row + kx * w.channels + c, count);
                // The first tap, a larger one, or the first NaN.
                int_vector better = (best_tap < 0) | (~(value <= best) & (best == best));
                best = select(better, value, best);
                best_tap = (better & (ky * w.kernel_width + kx)) | (~better & best_tap);
            }
        }
        store(a.y + w.output + (size_t)c, best, count);
        if (a.new_winner) store_bytes(a.new_winner + w.output + (size_t)c, best_tap & ~(best_tap < 0), count);
    }
}

static void maxpool_forward(const cairn_pooling *g, size_t images, const float *x, float *y, uint8_t *winner) {
    for_each_window(g, images, (pool_arrays){.x = x, .y = y, .new_winner = winner}, largest_of_window);
}

INLINE void gradient_to_winner(pool_window w, pool_arrays a) {
    for (ptrdiff_t c = 0; c < w.channels; c += LANES) {
        size_t count = (size_t)(w.channels - c);
        vector dy = load(a.dy + w.output + (size_t)c, count);
        int_vector winner = load_bytes(a.winner + w.output + (size_t)c, count);
        for (int ky = w.first_y; ky < w.end_y; ky++) {
            for (int kx = w.first_x; kx < w.end_x; kx++) {
                float *dx = a.dx + w.origin + ky * w.row + kx * w.channels + c;
                vector value = select(winner == ky * w.kernel_width + kx, dy, (vector){0});
                store(dx, a.overlaps ? load(dx, count) + value : value, count);
            }
        }
    }
}

static void maxpool_backward(const cairn_pooling *g, size_t images, const float *dy, const uint8_t *winner,
                             float *dx) {
    bool overlaps = prepare_gradient(g, images, dx);
    pool_arrays arrays = {.dy = dy, .winner = winner, .dx = dx, .overlaps = overlaps};
    for_each_window(g, images, arrays, gradient_to_winner);
}

// MARK: Average

INLINE void average_of_window(pool_window w, pool_arrays a) {
    for (ptrdiff_t c = 0; c < w.channels; c += LANES) {
        size_t count = (size_t)(w.channels - c);
        vector sum = {0};
        for (int ky = w.first_y; ky < w.end_y; ky++)
            for (int kx = w.first_x; kx < w.end_x; kx++)
                sum += load(a.x + w.origin + ky * w.row + kx * w.channels + c, count);
        store(a.y + w.output + (size_t)c, sum / (float)w.divisor, count);
    }
}

static void avgpool_forward(const cairn_pooling *g, size_t images, const float *x, float *y) {
    for_each_window(g, images, (pool_arrays){.x = x, .y = y}, average_of_window);
}

INLINE void gradient_to_all(pool_window w, pool_arrays a) {
    for (ptrdiff_t c = 0; c < w.channels; c += LANES) {
        size_t count = (size_t)(w.channels - c);
        vector share = load(a.dy + w.output + (size_t)c, count) / (float)w.divisor;
        for (int ky = w.first_y; ky < w.end_y; ky++) {
            for (int kx = w.first_x; kx < w.end_x; kx++) {
                float *dx = a.dx + w.origin + ky * w.row + kx * w.channels + c;
                store(dx, a.overlaps ? load(dx, count) + share : share, count);
            }
        }
    }
}

static void avgpool_backward(const cairn_pooling *g, size_t images, const float *dy, float *dx) {
    bool overlaps = prepare_gradient(g, images, dx);
    for_each_window(g, images, (pool_arrays){.dy = dy, .dx = dx, .overlaps = overlaps}, gradient_to_all);
}

// MARK: Average of adaptive windows

/// Where a window begins that covers its share of an axis, and where it ends.
INLINE int share_first(int index, int source, int count) { return (int)((int64_t)index * source / count); }
INLINE int share_end(int index, int source, int count) {
    return (int)(((int64_t)(index + 1) * source + count - 1) / count);
}

INLINE void for_each_share(const cairn_resizing *g, size_t images, pool_arrays arrays,
                           void (*body)(pool_window window, pool_arrays arrays)) {
    size_t image_size = (size_t)g->input_height * (size_t)g->input_width * (size_t)g->channels;
    pool_window w = {.row = (ptrdiff_t)g->input_width * g->channels, .channels = g->channels};
    for (size_t n = 0; n < images; n++) {
        for (int oy = 0; oy < g->output_height; oy++) {
            int y = share_first(oy, g->input_height, g->output_height);
            w.end_y = share_end(oy, g->input_height, g->output_height) - y;
            for (int ox = 0; ox < g->output_width; ox++, w.output += (size_t)g->channels) {
                int x = share_first(ox, g->input_width, g->output_width);
                w.end_x = share_end(ox, g->input_width, g->output_width) - x;
                w.divisor = w.end_y * w.end_x;
                w.origin = (ptrdiff_t)(n * image_size) + y * w.row + x * w.channels;
                body(w, arrays);
            }
        }
    }
}

static void adaptive_avgpool_forward(const cairn_resizing *g, size_t images, const float *x, float *y) {
    for_each_share(g, images, (pool_arrays){.x = x, .y = y}, average_of_window);
}

static void adaptive_avgpool_backward(const cairn_resizing *g, size_t images, const float *dy, float *dx) {
    size_t image_size = (size_t)g->input_height * (size_t)g->input_width * (size_t)g->channels;
    memset(dx, 0, images * image_size * sizeof *dx);
    for_each_share(g, images, (pool_arrays){.dy = dy, .dx = dx, .overlaps = true}, gradient_to_all);
}

// MARK: Maximum of whole images

static void global_maxpool_forward(size_t images, size_t pixels, size_t channels, const float *x, float *y,
                                   int32_t *winner) {
    for (size_t n = 0; n < images; n++, x += pixels * channels) {
        for (size_t c = 0; c < channels; c += LANES) {
            size_t count = smaller(LANES, channels - c);
            vector best = load(x + c, count);
            int_vector best_pixel = {0};
            for (size_t pixel = 1; pixel < pixels; pixel++) {
                vector value = load(x + pixel * channels + c, count);
                // A larger one, or the first NaN.
                int_vector better = ~(value <= best) & (best == best);
                best = select(better, value, best);
                best_pixel = (better & (int32_t)pixel) | (~better & best_pixel);
            }
            store(y + n * channels + c, best, count);
            for (size_t i = 0; winner && i < count; i++) winner[n * channels + c + i] = best_pixel[i];
        }
    }
}

static void global_maxpool_backward(size_t images, size_t pixels, size_t channels, const float *dy,
                                    const int32_t *winner, float *dx) {
    memset(dx, 0, images * pixels * channels * sizeof *dx);
    for (size_t n = 0; n < images; n++, dx += pixels * channels, dy += channels, winner += channels) {
        for (size_t c = 0; c < channels; c++) dx[(size_t)winner[c] * channels + c] = dy[c];
    }
}
