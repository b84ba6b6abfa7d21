// direct.h - the three directions of a convolution, each as gathered products (product.h) over sweeps
// (sweep.h).
//
// A group of images is copied into frames of zeros, so that no inner loop knows a border; tables hold where each
// output pixel starts (`row`, `y_row`) and how far from there each tap lies (`step`). The tables are made once per
// call and serve every group. The rest is to hand blocks of columns to `multiply`.

/// What `scratch` is cut into. Everything that is read was written in the same call.
typedef struct sweep_tables {
    float *frames; // `group` images
    int32_t *row, *y_row, *step;
    float *rest;
} sweep_tables;

static float *at_cache_line(float *pointer) {
    return pointer + (-((uintptr_t)pointer / sizeof *pointer) & (most_lanes - 1));
}

static sweep_tables cut(const sweep_plan *plan, float *scratch) {
    sweep_tables tables;
    tables.frames = at_cache_line(scratch);
    size_t pixels = plan->group * sweep_output_pixels(plan);
    float *end = tables.frames + (sweep_is_unframed(plan) ? 0 : plan->group * sweep_frame_size(plan));
    tables.row = (int32_t *)end;
    tables.y_row = tables.row + pixels;
    tables.step = tables.y_row + pixels;
    tables.rest = at_cache_line((float *)(tables.step + sweep_steps(plan)));
    return tables;
}

/// One sweep's share of the tables.
typedef struct sweep {
    sweep_axis y, x;
    size_t pixels; // per image
    size_t steps;
} sweep;

static sweep sweep_at(const sweep_plan *plan, int phase_y, int phase_x) {
    sweep s = {.y = cairn_plan_axis(plan, 0, phase_y), .x = cairn_plan_axis(plan, 1, phase_x)};
    s.pixels = (size_t)s.y.outputs * (size_t)s.x.outputs;
    s.steps = (size_t)s.y.taps * (size_t)s.x.taps * (size_t)plan->channels;
    return s;
}

static void fill_tables(const sweep_plan *plan, sweep_tables tables, size_t images) {
    int channels = plan->channels, width = plan->frame[1].size;
    int32_t frame_size = (int32_t)sweep_frame_size(plan);
    int32_t output_size = (int32_t)sweep_output_pixels(plan) * plan->target_channels;
    for (int phase_y = 0; phase_y < plan->phases[0]; phase_y++) {
        for (int phase_x = 0; phase_x < plan->phases[1]; phase_x++) {
            sweep s = sweep_at(plan, phase_y, phase_x);
            int first_y = s.y.first - plan->frame[0].low, first_x = s.x.first - plan->frame[1].low;
            for (int32_t n = 0; n < (int32_t)images; n++) {
                for (int i = 0; i < s.y.outputs; i++) {
                    int y = s.y.output_first + i * s.y.output_step;
                    for (int j = 0; j < s.x.outputs; j++) {
                        int x = s.x.output_first + j * s.x.output_step;
                        *tables.row++ = n * frame_size
                            + ((first_y + i * s.y.step) * width + first_x + j * s.x.step) * channels;
                        *tables.y_row++ = n * output_size
                            + (y * plan->output_extent[1] + x) * plan->target_channels;
                    }
                }
            }
            for (int ky = 0; ky < s.y.taps; ky++) {
                for (int kx = 0; kx < s.x.taps; kx++) {
                    int pixel = ky * s.y.gap * width + kx * s.x.gap;
                    for (int c = 0; c < channels; c++) *tables.step++ = pixel * channels + c;
                }
            }
        }
    }
}

/// Copies a group's channels of images, from its first one on, into their frames, whose borders are 0 already.
static void fill_frames(const sweep_plan *plan, size_t images, const float *x, float *frames) {
    sweep_frame y_frame = plan->frame[0], x_frame = plan->frame[1];
    size_t channels = (size_t)plan->channels, pixel = (size_t)plan->source_channels, width = (size_t)x_frame.source;
    size_t frame_row = (size_t)x_frame.size * (size_t)plan->channels;
    for (size_t n = 0; n < images; n++) {
        float *to = frames + n * sweep_frame_size(plan) - y_frame.low * (ptrdiff_t)frame_row
                  - x_frame.low * (ptrdiff_t)plan->channels;
        for (int i = 0; i < y_frame.source; i++, x += width * pixel, to += frame_row) {
            if (pixel == channels) {
                memcpy(to, x, width * channels * sizeof *x);
            } else {
                copy_columns(width, channels, x, pixel, to, channels);
            }
        }
    }
}

// MARK: Packed weights

/// How many columns the packed block that starts at `column` has room for: a pair of vectors, or a last single one.
INLINE size_t block_width(size_t columns, size_t column) { return columns - column > LANES ? 2 * LANES : LANES; }

/// For each group and sweep, for each block of columns: [step][column], columns that do not exist being 0.
static void pack(const sweep_plan *plan, const float *weight, float *packed) {
    size_t columns = (size_t)plan->output_channels, channels = (size_t)plan->channels;
    // A row of weights has the filters of all groups.
    size_t filters = (size_t)(plan->is_backward ? plan->source_channels : plan->target_channels);
    size_t filters_of_group = plan->is_backward ? channels : columns;
    size_t tap_size = (plan->is_backward ? columns : channels) * filters;
    size_t channel_stride = plan->is_backward ? 1 : filters, column_stride = plan->is_backward ? filters : 1;
    for (int group = 0; group < plan->groups; group++, weight += filters_of_group) {
        for (int phase = 0; phase < plan->phases[0] * plan->phases[1]; phase++) {
            sweep s = sweep_at(plan, phase / plan->phases[1], phase % plan->phases[1]);
            for (size_t column = 0; column < columns; column += 2 * LANES) {
                size_t width = block_width(columns, column), real = smaller(width, columns - column);
                for (int tap = 0; tap < s.y.taps * s.x.taps; tap++) {
                    int ky = s.y.tap_first + tap / s.x.taps * s.y.tap_step;
                    int kx = s.x.tap_first + tap % s.x.taps * s.x.tap_step;
                    const float *from = weight + (size_t)(ky * plan->kernel[1] + kx) * tap_size
                                      + column * column_stride;
                    for (size_t c = 0; c < channels; c++, from += channel_stride, packed += width) {
                        for (size_t i = 0; i < real; i++) packed[i] = from[i * column_stride];
                        for (size_t i = real; i < width; i++) packed[i] = 0;
                    }
                }
            }
        }
    }
}

static void direct_pack_forward(const cairn_convolution *geometry, const float *weight, float *packed) {
    sweep_plan plan = cairn_plan_forward(geometry);
    pack(&plan, weight, packed);
}

static void direct_pack_backward(const cairn_convolution *geometry, const float *weight, float *packed) {
    sweep_plan plan = cairn_plan_backward(geometry);
    pack(&plan, weight, packed);
}

// MARK: Forward, and backward to the input

/// One group of channels of a group of images; gives where the next group's packed weights begin.
static const float *run_group(const sweep_plan *plan, size_t group, size_t images, sweep_tables tables, product p,
                              const float *bias, float *output) {
    size_t columns = (size_t)plan->output_channels;
    for (int phase_y = 0; phase_y < plan->phases[0]; phase_y++) {
        for (int phase_x = 0; phase_x < plan->phases[1]; phase_x++) {
            sweep s = sweep_at(plan, phase_y, phase_x);
            p.row = tables.row;
            p.y_row = tables.y_row;
            p.step = tables.step;
            p.rows = images * s.pixels;
            p.steps = s.steps;
            for (size_t column = 0; column < columns; column += 2 * LANES) {
                p.w_stride = block_width(columns, column);
                p.columns = smaller(p.w_stride, columns - column);
                p.bias = bias ? bias + column : NULL;
                p.y = output + column;
                multiply(&p);
                p.w += p.steps * p.w_stride;
            }
            tables.row += group * s.pixels;
            tables.y_row += group * s.pixels;
            tables.step += s.steps;
        }
    }
    return p.w;
}

static void run_sweeps(const sweep_plan *plan, size_t images, const float *x, const float *packed, const float *bias,
                       bool relu, float *y, float *scratch) {
    if (images == 0) return;
    size_t group = smaller(plan->group, images);
    bool unframed = sweep_is_unframed(plan);
    sweep_tables tables = cut(plan, scratch);
    fill_tables(plan, tables, group);
    if (!unframed) memset(tables.frames, 0, group * sweep_frame_size(plan) * sizeof *tables.frames);

    for (size_t first = 0; first < images; first += group) {
        size_t count = smaller(group, images - first);
        const float *source = x + first * sweep_source_size(plan), *w = packed;
        float *output = y + first * sweep_output_pixels(plan) * (size_t)plan->target_channels;
        for (int i = 0; i < plan->groups; i++) {
            if (!unframed) fill_frames(plan, count, source + i * plan->channels, tables.frames);
            product p = {.x = unframed ? source : tables.frames, .w = w, .relu = relu};
            const float *own_bias = bias ? bias + i * plan->output_channels : NULL;
            w = run_group(plan, group, count, tables, p, own_bias, output + i * plan->output_channels);
        }
    }
}

static void direct_forward(const cairn_convolution *geometry, size_t images, const float *x, const float *packed,
                                const float *bias, bool relu, float *y, float *scratch) {
    sweep_plan plan = cairn_plan_forward(geometry);
    run_sweeps(&plan, images, x, packed, bias, relu, y, scratch);
}

static void direct_backward_input(const cairn_convolution *geometry, size_t images, const float *dy,
                                       const float *packed, float *dx, float *scratch) {
    sweep_plan plan = cairn_plan_backward(geometry);
    run_sweeps(&plan, images, dy, packed, NULL, false, dx, scratch);
}

// MARK: Backward to the weights

/// Rows of dy, `stride` apart, with room for whole vectors.
static void widen(size_t pixels, size_t columns, const float *from, size_t stride, size_t width, float *to) {
    for (size_t i = 0; i < pixels; i++, from += stride, to += width) {
        memcpy(to, from, columns * sizeof *to);
        memset(to + columns, 0, (width - columns) * sizeof *to);
    }
}

/// One group of channels of a group of images, with rows and steps of the forward sweep exchanged:
/// dweight[tap][f] += sum over pixels of x[tap, pixel] dy[pixel][f].
static void add_group_gradient(const sweep_plan *plan, size_t pixels, const float *x, const float *dy,
                               const int32_t *weight_row, float *dweight, sweep_tables tables, float *wide) {
    size_t columns = (size_t)plan->output_channels, stride = (size_t)plan->target_channels;
    size_t width = round_up(columns, LANES);
    for (size_t pixel = 0; pixel < pixels; pixel += pixels_per_block) {
        size_t block = smaller(pixels_per_block, pixels - pixel);
        const float *rows = dy + pixel * stride;
        size_t row_stride = stride;
        if (width != columns) {
            widen(block, columns, rows, stride, width, wide);
            rows = wide;
            row_stride = width;
        }
        for (size_t column = 0; column < columns; column += 2 * LANES) {
            product p = {
                .x = x,
                .row = tables.step, .rows = sweep_steps(plan),
                .step = tables.row + pixel, .steps = block,
                .w = rows + column, .w_stride = row_stride,
                .y = dweight + column, .y_row = weight_row,
                .columns = smaller(block_width(columns, column), columns - column),
                .accumulates = true,
            };
            multiply(&p);
        }
    }
}

static void direct_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                        const float *dy, float *dweight, float *dbias, float *scratch) {
    if (images == 0) return;
    sweep_plan plan = cairn_plan_forward(geometry);
    size_t filters = (size_t)plan.target_channels;
    size_t pixels_per_image = sweep_output_pixels(&plan), taps = sweep_steps(&plan);
    size_t group = smaller(plan.group, images);
    bool unframed = sweep_is_unframed(&plan);
    sweep_tables tables = cut(&plan, scratch);
    fill_tables(&plan, tables, group);
    if (!unframed) memset(tables.frames, 0, group * sweep_frame_size(&plan) * sizeof *tables.frames);
    int32_t *weight_row = (int32_t *)tables.rest;
    for (size_t tap = 0; tap < taps; tap++) weight_row[tap] = (int32_t)(tap * filters);
    float *wide = tables.rest + round_up(taps, most_lanes);

    for (size_t first = 0; first < images; first += group) {
        size_t count = smaller(group, images - first), pixels = count * pixels_per_image;
        const float *source = x + first * sweep_source_size(&plan);
        const float *gradient = dy + first * pixels_per_image * filters;
        if (dbias) channel_sums(pixels, filters, gradient, dbias);
        for (int i = 0; i < plan.groups; i++) {
            if (!unframed) fill_frames(&plan, count, source + i * plan.channels, tables.frames);
            int filter = i * plan.output_channels;
            add_group_gradient(&plan, pixels, unframed ? source : tables.frames, gradient + filter, weight_row,
                               dweight + filter, tables, wide);
        }
    }
}
