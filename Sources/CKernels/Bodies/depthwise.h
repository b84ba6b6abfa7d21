// depthwise.h - convolutions of each channel by itself, as sweeps (sweep.h): a vector of channels at a time, a few
// pixels of a row at a time so that a tap's weights are loaded once for all of them.
//
// There is as much to load as to multiply, so images are read where they lie; only pixels whose taps reach over the
// left or right border are computed one by one.

enum { pixels_at_once = 4, taps_at_once = 3 };

/// What a sweep reads of its source: taps `first`..<`end` of the axis at an output.
typedef struct tap_range {
    int first, end;
} tap_range;

/// `a / b` rounded up, and 0 where it is negative.
INLINE int ratio_above(int a, int b) { return a > 0 ? (a + b - 1) / b : 0; }

INLINE tap_range taps_inside(const sweep_axis *axis, int output, int source) {
    int position = axis->first + output * axis->step;
    int first = ratio_above(-position, axis->gap), end = ratio_above(source - position, axis->gap);
    return (tap_range){clamp(first, axis->taps), clamp(end, axis->taps)};
}

/// One row of outputs to make.
typedef struct depthwise_row {
    const sweep_axis *x;
    tap_range y_taps;
    int first_tap, tap_step;    // of the kernel's rows
    int gap;                    // from one of them to the next, in the source
    int kernel_width, source_width;
    size_t channels;
    const float *source;        // the row that tap 0 of y_taps' axis reads, which may lie outside
    const float *weight, *bias; // [K_y][K_x][C]; bias may be null
    bool relu;
    float *to;
} depthwise_row;

/// `pixels` outputs from number `output` on, which all read the same taps, for some channels.
INLINE void depthwise_outputs(int pixels, const depthwise_row *row, int output, tap_range taps, size_t channel,
                              size_t count) {
    size_t channels = row->channels, apart = (size_t)row->x->step * channels;
    vector start = row->bias ? load(row->bias + channel, count) : (vector){0}, sum[pixels_at_once];
    UNROLL for (int i = 0; i < pixels; i++) sum[i] = start;
    for (int ky = row->y_taps.first; ky < row->y_taps.end; ky++) {
        int kernel_row = (row->first_tap + ky * row->tap_step) * row->kernel_width;
        ptrdiff_t pixel = (ptrdiff_t)ky * row->gap * row->source_width + row->x->first + output * row->x->step;
        for (int kx = taps.first; kx < taps.end; kx++) {
            int tap = kernel_row + row->x->tap_first + kx * row->x->tap_step;
            vector weight = load(row->weight + (size_t)tap * channels + channel, count);
            const float *x = row->source + (pixel + kx * row->x->gap) * (ptrdiff_t)channels + channel;
            UNROLL for (int i = 0; i < pixels; i++) sum[i] += load(x + (size_t)i * apart, count) * weight;
        }
    }
    float *to = row->to + channel
              + (size_t)(row->x->output_first + output * row->x->output_step) * channels;
    UNROLL for (int i = 0; i < pixels; i++) {
        vector value = row->relu ? rectified(sum[i]) : sum[i];
        store(to + (size_t)i * (size_t)row->x->output_step * channels, value, count);
    }
}

INLINE void depthwise_channels(int pixels, const depthwise_row *row, int output, tap_range taps) {
    size_t c = 0;
    for (; c + LANES <= row->channels; c += LANES) depthwise_outputs(pixels, row, output, taps, c, LANES);
    if (c < row->channels) depthwise_outputs(pixels, row, output, taps, c, row->channels - c);
}

static void depthwise_outputs_of(const depthwise_row *row) {
    for (int output = 0; output < row->x->outputs;) {
        tap_range first = taps_inside(row->x, output, row->source_width);
        tap_range last = taps_inside(row->x, output + pixels_at_once - 1, row->source_width);
        bool is_inner = output + pixels_at_once <= row->x->outputs && first.first == 0 && last.end == row->x->taps;
        if (is_inner) {
            depthwise_channels(pixels_at_once, row, output, first);
            output += pixels_at_once;
        } else {
            depthwise_channels(1, row, output, first);
            output++;
        }
    }
}

static void depthwise_sweeps(const sweep_plan *plan, size_t images, const float *x, const float *weight,
                             const float *bias, bool relu, float *y) {
    size_t channels = (size_t)plan->source_channels;
    for (size_t n = 0; n < images; n++, x += sweep_source_size(plan), y += sweep_output_pixels(plan) * channels) {
        for (int phase_y = 0; phase_y < plan->phases[0]; phase_y++) {
            for (int phase_x = 0; phase_x < plan->phases[1]; phase_x++) {
                sweep s = sweep_at(plan, phase_y, phase_x);
                for (int i = 0; i < s.y.outputs; i++) {
                    int position = s.y.first + i * s.y.step, row = s.y.output_first + i * s.y.output_step;
                    depthwise_row outputs = {
                        .x = &s.x, .y_taps = taps_inside(&s.y, i, plan->frame[0].source),
                        .first_tap = s.y.tap_first, .tap_step = s.y.tap_step, .gap = s.y.gap,
                        .kernel_width = plan->kernel[1], .source_width = plan->frame[1].source,
                        .channels = channels,
                        .source = x + (ptrdiff_t)position * plan->frame[1].source * (ptrdiff_t)channels,
                        .weight = weight, .bias = bias, .relu = relu,
                        .to = y + (size_t)row * (size_t)plan->output_extent[1] * channels,
                    };
                    depthwise_outputs_of(&outputs);
                }
            }
        }
    }
}

/// Weights are read as they are.
static void depthwise_pack(const cairn_convolution *g, const float *weight, float *packed) {
    memcpy(packed, weight, (size_t)g->kernel_height * (size_t)g->kernel_width * (size_t)g->groups * sizeof *packed);
}

static void depthwise_forward(const cairn_convolution *geometry, size_t images, const float *x, const float *weight,
                              const float *bias, bool relu, float *y) {
    sweep_plan plan = cairn_plan_forward(geometry);
    depthwise_sweeps(&plan, images, x, weight, bias, relu, y);
}

static void depthwise_backward_input(const cairn_convolution *geometry, size_t images, const float *dy,
                                     const float *weight, float *dx) {
    sweep_plan plan = cairn_plan_backward(geometry);
    depthwise_sweeps(&plan, images, dy, weight, NULL, false, dx);
}

// MARK: Backward to the weights

/// Adds to `taps` weights of some channels what outputs `first`..<`end` of a row say; x is where the
/// first tap of output 0 reads, and the others read `gap` further on.
INLINE void add_taps(int taps, int first, int end, size_t apart, size_t gap, size_t channels, const float *x, const float *dy,
                     float *dweight, size_t count) {
    if (first >= end) return;
    vector sum[taps_at_once];
    UNROLL for (int k = 0; k < taps; k++) sum[k] = load(dweight + (size_t)k * channels, count);
    for (int i = first; i < end; i++) {
        vector gradient = load(dy + (size_t)i * channels, count);
        const float *pixel = x + (size_t)i * apart;
        UNROLL for (int k = 0; k < taps; k++) sum[k] += load(pixel + (size_t)k * gap, count) * gradient;
    }
    UNROLL for (int k = 0; k < taps; k++) store(dweight + (size_t)k * channels, sum[k], count);
}

/// The outputs of a row whose tap lies inside the image.
INLINE tap_range outputs_inside(const sweep_axis *axis, int tap, int source) {
    int position = axis->first + tap * axis->gap;
    int first = ratio_above(-position, axis->step), end = ratio_above(source - position, axis->step);
    return (tap_range){clamp(first, axis->outputs), clamp(end, axis->outputs)};
}

/// One row of the kernel and one of outputs.
INLINE void add_kernel_row(const sweep_axis *axis, int source_width, size_t channels, const float *x,
                           const float *dy, float *dweight, size_t count) {
    size_t apart = (size_t)axis->step * channels, gap = (size_t)axis->gap * channels;
    for (int k = 0; k < axis->taps;) {
        int together = k + taps_at_once <= axis->taps ? taps_at_once : 1;
        // All of them have these outputs; each may have some more on one side.
        int first = outputs_inside(axis, k, source_width).first;
        int end = outputs_inside(axis, k + together - 1, source_width).end;
        if (end < first) end = first;
        const float *tap = x + (ptrdiff_t)(axis->first + k * axis->gap) * (ptrdiff_t)channels;
        float *to = dweight + (size_t)k * channels;
        if (together == taps_at_once) {
            add_taps(taps_at_once, first, end, apart, gap, channels, tap, dy, to, count);
        } else {
            add_taps(1, first, end, apart, gap, channels, tap, dy, to, count);
        }
        for (int i = 0; i < together; i++) {
            tap_range own = outputs_inside(axis, k + i, source_width);
            const float *pixel = tap + (size_t)i * gap;
            int before_end = own.end < first ? own.end : first, after_first = own.first > end ? own.first : end;
            add_taps(1, own.first, before_end, apart, gap, channels, pixel, dy, to + (size_t)i * channels, count);
            add_taps(1, after_first, own.end, apart, gap, channels, pixel, dy, to + (size_t)i * channels, count);
        }
        k += together;
    }
}

static void depthwise_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                      const float *dy, float *dweight, float *dbias) {
    sweep_plan plan = cairn_plan_forward(geometry);
    sweep s = sweep_at(&plan, 0, 0);
    size_t channels = (size_t)plan.source_channels, row = (size_t)plan.frame[1].source * channels;
    if (dbias) channel_sums(images * sweep_output_pixels(&plan), channels, dy, dbias);
    for (size_t n = 0; n < images; n++, x += sweep_source_size(&plan)) {
        for (int i = 0; i < s.y.outputs; i++, dy += (size_t)s.x.outputs * channels) {
            tap_range taps = taps_inside(&s.y, i, plan.frame[0].source);
            for (int ky = taps.first; ky < taps.end; ky++) {
                const float *source = x + (size_t)(s.y.first + i * s.y.step + ky * s.y.gap) * row;
                float *to = dweight + (size_t)ky * (size_t)s.x.taps * channels;
                size_t c = 0;
                for (; c + LANES <= channels; c += LANES)
                    add_kernel_row(&s.x, plan.frame[1].source, channels, source + c, dy + c, to + c, LANES);
                if (c < channels)
                    add_kernel_row(&s.x, plan.frame[1].source, channels, source + c, dy + c, to + c, channels - c);
            }
        }
    }
}
