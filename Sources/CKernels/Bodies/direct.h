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
    int32_t output_size = (int32_t)sweep_output_pixels(plan) * plan->output_channels;
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
                            + (y * plan->output_extent[1] + x) * plan->output_channels;
                    }
                }
            }
            for (int ky = 0; ky < s.y.taps; ky++)
                for (int i = 0; i < s.x.taps * channels; i++) *tables.step++ = ky * width * channels + i;
        }
    }
}

/// Copies images into their frames, whose borders are 0 already.
static void fill_frames(const sweep_plan *plan, size_t images, const float *x, float *frames) {
    sweep_frame y_frame = plan->frame[0], x_frame = plan->frame[1];
    size_t row = (size_t)x_frame.source * (size_t)plan->channels;
    size_t frame_row = (size_t)x_frame.size * (size_t)plan->channels;
    for (size_t n = 0; n < images; n++) {
        float *to = frames + n * sweep_frame_size(plan) - y_frame.low * (ptrdiff_t)frame_row
                  - x_frame.low * (ptrdiff_t)plan->channels;
        for (int i = 0; i < y_frame.source; i++, x += row, to += frame_row) memcpy(to, x, row * sizeof *x);
    }
}

// MARK: Packed weights

/// How many columns the packed block that starts at `column` has room for: a pair of vectors, or a last single one.
INLINE size_t block_width(size_t columns, size_t column) { return columns - column > LANES ? 2 * LANES : LANES; }

/// For each sweep, for each block of columns: [step][column], columns that do not exist being 0.
static void pack(const sweep_plan *plan, const float *weight, float *packed) {
    size_t columns = (size_t)plan->output_channels, channels = (size_t)plan->channels;
    size_t channel_stride = plan->is_backward ? 1 : columns, column_stride = plan->is_backward ? channels : 1;
    for (int phase_y = 0; phase_y < plan->phases[0]; phase_y++) {
        for (int phase_x = 0; phase_x < plan->phases[1]; phase_x++) {
            sweep s = sweep_at(plan, phase_y, phase_x);
            for (size_t column = 0; column < columns; column += 2 * LANES) {
                size_t width = block_width(columns, column), real = smaller(width, columns - column);
                for (int tap = 0; tap < s.y.taps * s.x.taps; tap++) {
                    int ky = s.y.tap_first + tap / s.x.taps * s.y.tap_step;
                    int kx = s.x.tap_first + tap % s.x.taps * s.x.tap_step;
                    const float *from = weight + (size_t)(ky * plan->kernel[1] + kx) * channels * columns
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

static void run_sweeps(const sweep_plan *plan, size_t images, const float *x, const float *packed, const float *bias,
                       bool relu, float *y, float *scratch) {
    if (images == 0) return;
    size_t columns = (size_t)plan->output_channels;
    size_t group = smaller(plan->group, images);
    bool unframed = sweep_is_unframed(plan);
    sweep_tables tables = cut(plan, scratch);
    fill_tables(plan, tables, group);
    if (!unframed) memset(tables.frames, 0, group * sweep_frame_size(plan) * sizeof *tables.frames);

    for (size_t first = 0; first < images; first += group) {
        size_t count = smaller(group, images - first);
        const float *source = x + first * sweep_source_size(plan);
        if (!unframed) fill_frames(plan, count, source, tables.frames);
        product p = {
            .x = unframed ? source : tables.frames,
            .row = tables.row, .y_row = tables.y_row, .step = tables.step, .w = packed,
            .relu = relu,
        };
        float *output = y + first * sweep_output_pixels(plan) * columns;
        for (int phase_y = 0; phase_y < plan->phases[0]; phase_y++) {
            for (int phase_x = 0; phase_x < plan->phases[1]; phase_x++) {
                sweep s = sweep_at(plan, phase_y, phase_x);
                p.rows = count * s.pixels;
                p.steps = s.steps;
                for (size_t column = 0; column < columns; column += 2 * LANES) {
                    p.w_stride = block_width(columns, column);
                    p.columns = smaller(p.w_stride, columns - column);
                    p.bias = bias ? bias + column : NULL;
                    p.y = output + column;
                    multiply(&p);
                    p.w += p.steps * p.w_stride;
                }
                p.row += group * s.pixels;
                p.y_row += group * s.pixels;
                p.step += s.steps;
            }
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

/// Rows of dy with room for whole vectors.
static void widen(size_t pixels, size_t columns, const float *from, size_t width, float *to) {
    for (size_t i = 0; i < pixels; i++, from += columns, to += width) {
        memcpy(to, from, columns * sizeof *to);
        memset(to + columns, 0, (width - columns) * sizeof *to);
    }
}

/// The forward sweep with rows and steps exchanged: dweight[tap][f] += sum over pixels of x[tap, pixel] dy[pixel][f].
static void direct_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                        const float *dy, float *dweight, float *dbias, float *scratch) {
    if (images == 0) return;
    sweep_plan plan = cairn_plan_forward(geometry);
    size_t columns = (size_t)plan.output_channels, width = round_up(columns, LANES);
    size_t pixels_per_image = sweep_output_pixels(&plan), taps = sweep_steps(&plan);
    size_t group = smaller(plan.group, images);
    bool unframed = sweep_is_unframed(&plan);
    sweep_tables tables = cut(&plan, scratch);
    fill_tables(&plan, tables, group);
    if (!unframed) memset(tables.frames, 0, group * sweep_frame_size(&plan) * sizeof *tables.frames);
    int32_t *weight_row = (int32_t *)tables.rest;
    for (size_t tap = 0; tap < taps; tap++) weight_row[tap] = (int32_t)(tap * columns);
    float *wide = tables.rest + round_up(taps, most_lanes);

    for (size_t first = 0; first < images; first += group) {
        size_t count = smaller(group, images - first), pixels = count * pixels_per_image;
        const float *source = x + first * sweep_source_size(&plan);
        const float *gradient = dy + first * pixels_per_image * columns;
        if (!unframed) fill_frames(&plan, count, source, tables.frames);
        if (dbias) channel_sums(pixels, columns, gradient, dbias);
        for (size_t pixel = 0; pixel < pixels; pixel += pixels_per_block) {
            size_t block = smaller(pixels_per_block, pixels - pixel);
            const float *rows = gradient + pixel * columns;
            if (width != columns) {
                widen(block, columns, rows, width, wide);
                rows = wide;
            }
            for (size_t column = 0; column < columns; column += 2 * LANES) {
                product p = {
                    .x = unframed ? source : tables.frames,
                    .row = tables.step, .rows = taps,
                    .step = tables.row + pixel, .steps = block,
                    .w = rows + column, .w_stride = width,
                    .y = dweight + column, .y_row = weight_row,
                    .columns = smaller(block_width(columns, column), columns - column),
                    .accumulates = true,
                };
                multiply(&p);
            }
        }
    }
}
