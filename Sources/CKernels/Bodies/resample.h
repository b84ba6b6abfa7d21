// resample.h - scaling images of bytes: rows are blended first, all pixels of a row at once, then pixels within it.
#include "../resampling.h"

typedef float four_floats __attribute__((vector_size(4 * sizeof(float)), aligned(4)));
typedef int32_t four_integers __attribute__((vector_size(4 * sizeof(int32_t))));

/// What an output pixel is made of: a triangle around its middle, which reaches to the middle of the next output
/// pixel, or of the next input pixel if that is farther. The weights sum to 1; returns how many there are.
static size_t triangle(size_t output, size_t outputs, double start, double extent, size_t inputs, size_t *first,
                       float *weights) {
    double scale = extent / (double)outputs, reach = scale > 1 ? scale : 1;
    double middle = start + ((double)output + 0.5) * scale, sum = 0;
    *first = middle > reach ? (size_t)(middle - reach + 0.5) : 0;
    size_t count = smaller((size_t)(middle + reach + 0.5), inputs) - *first;
    for (size_t i = 0; i < count; i++) {
        double distance = ((double)(*first + i) + 0.5 - middle) / reach;
        double weight = 1 - (distance < 0 ? -distance : distance);
        weights[i] = weight > 0 ? (float)weight : 0;
        sum += weights[i];
    }
    for (size_t i = 0; i < count; i++) weights[i] = (float)(weights[i] / sum);
    return count;
}

/// One output pixel from so many of a row; up to 3 floats after the last of them are read and not used.
INLINE void blend_pixels(size_t count, size_t channels, const float *weights, const float *pixels, uint8_t *y) {
    if (channels == 1) {
        float sum = 0.5f;
        for (size_t i = 0; i < count; i++) sum += weights[i] * pixels[i];
        *y = (uint8_t)(sum < 255 ? sum : 255);
        return;
    }
    for (size_t c = 0; c < channels; c += 4) {
        four_floats sum = (four_floats){0} + 0.5f;
        for (size_t i = 0; i < count; i++) sum += weights[i] * *(const four_floats *)(pixels + i * channels + c);
        four_integers whole = __builtin_convertvector(sum, four_integers);
        for (size_t lane = 0; lane < smaller(channels - c, 4); lane++)
            y[c + lane] = (uint8_t)(whole[lane] < 255 ? whole[lane] : 255);
    }
}

static void resample(const cairn_resampling *g, const uint8_t *x, uint8_t *y, float *scratch) {
    size_t channels = (size_t)g->channels;
    size_t output_width = (size_t)g->output_width, output_height = (size_t)g->output_height;
    size_t line = (size_t)g->input_width * channels, taps = cairn_resampling_taps(g->columns, g->output_width);
    const uint8_t *part = x + (size_t)g->top * line + (size_t)g->left * channels;
    float *blended = scratch, *row_weights = blended + (size_t)g->width * channels + 4;
    float *weights = row_weights + cairn_resampling_taps(g->rows, g->output_height);
    size_t firsts[resampling_block], counts[resampling_block];

    for (size_t column = 0; column < output_width; column += resampling_block) {
        size_t columns = smaller(output_width - column, resampling_block), last = columns - 1;
        for (size_t i = 0; i < columns; i++)
            counts[i] = triangle(column + i, output_width, g->first_column, g->columns, (size_t)g->width, firsts + i,
                                 weights + i * taps);
        size_t start = firsts[0] * channels, end = (firsts[last] + counts[last]) * channels;
        for (size_t row = 0; row < output_height; row++) {
            size_t first, rows = triangle(row, output_height, g->first_row, g->rows, (size_t)g->height, &first,
                                          row_weights);
            for (size_t tap = 0; tap < rows; tap++) {
                const uint8_t *from = part + (first + tap) * line;
                float weight = row_weights[tap];
                if (tap == 0) {
                    VECTORIZE for (size_t i = start; i < end; i++) blended[i] = weight * (float)from[i];
                } else {
                    VECTORIZE for (size_t i = start; i < end; i++) blended[i] += weight * (float)from[i];
                }
            }
            uint8_t *to = y + row * (size_t)g->output_line + column * channels;
            for (size_t i = 0; i < columns; i++)
                blend_pixels(counts[i], channels, weights + i * taps, blended + firsts[i] * channels, to + i * channels);
        }
    }
}
