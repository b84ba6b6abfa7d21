// images.c - affine maps, blur and colours: each pixel by itself, in double precision.
#include "CKernelsReference.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static double pixel(size_t height, size_t width, size_t channels, const float *x, const float *fill, double row,
                    double column, size_t channel) {
    bool is_inside = row >= 0 && row < (double)height && column >= 0 && column < (double)width;
    return is_inside ? x[((size_t)row * width + (size_t)column) * channels + channel] : fill[channel];
}

void cairn_reference_warp(size_t height, size_t width, size_t channels, const float *x, const float *map,
                          const float *bounds, const float *fill, float *y) {
    for (size_t r = 0; r < height; r++)
        for (size_t c = 0; c < width; c++)
            for (size_t k = 0; k < channels; k++) {
                double across = (double)map[0] * (double)c + (double)map[1] * (double)r + (double)map[2];
                double down = (double)map[3] * (double)c + (double)map[4] * (double)r + (double)map[5];
                if (bounds) {
                    across = fmin(fmax(across, (double)bounds[0]), (double)bounds[1]);
                    down = fmin(fmax(down, (double)bounds[2]), (double)bounds[3]);
                }
                double left = floor(across), top = floor(down), sum = 0;
                for (int corner = 0; corner < 4; corner++) {
                    double column = left + corner % 2, row = top + corner / 2;
                    sum += (1 - fabs(across - column)) * (1 - fabs(down - row))
                         * pixel(height, width, channels, x, fill, row, column, k);
                }
                *y++ = (float)sum;
            }
}

void cairn_reference_warp_mask(size_t height, size_t width, const uint8_t *x, const float *map, uint8_t *y) {
    for (size_t r = 0; r < height; r++)
        for (size_t c = 0; c < width; c++) {
            double column = rint((double)map[0] * (double)c + (double)map[1] * (double)r + (double)map[2]);
            double row = rint((double)map[3] * (double)c + (double)map[4] * (double)r + (double)map[5]);
            bool is_inside = row >= 0 && row < (double)height && column >= 0 && column < (double)width;
            *y++ = is_inside ? x[(size_t)row * width + (size_t)column] : 0;
        }
}

static size_t mirrored(long index, size_t count) {
    while (index < 0 || index >= (long)count) {
        if (count == 1) return 0;
        index = index < 0 ? -index : 2 * ((long)count - 1) - index;
    }
    return (size_t)index;
}

void cairn_reference_blur(size_t height, size_t width, size_t channels, size_t taps, const float *kernel,
                          const float *x, float *y) {
    long reach = (long)taps / 2;
    for (size_t r = 0; r < height; r++)
        for (size_t c = 0; c < width; c++)
            for (size_t k = 0; k < channels; k++) {
                double sum = 0;
                for (long i = -reach; i <= reach; i++)
                    for (long j = -reach; j <= reach; j++) {
                        size_t row = mirrored((long)r + i, height), column = mirrored((long)c + j, width);
                        sum += (double)kernel[i + reach] * (double)kernel[j + reach]
                             * (double)x[(row * width + column) * channels + k];
                    }
                *y++ = (float)sum;
            }
}

static double limited(double value) { return fmin(fmax(value, 0), 1); }

static double grey(const float *pixel) {
    return 0.2989 * (double)pixel[0] + 0.587 * (double)pixel[1] + 0.114 * (double)pixel[2];
}

void cairn_reference_blend(size_t count, float share, float other, float *x) {
    for (size_t i = 0; i < count; i++)
        x[i] = (float)limited((double)share * (double)x[i] + (1 - (double)share) * (double)other);
}

double cairn_reference_sum(size_t count, const float *x) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += (double)x[i];
    return sum;
}

double cairn_reference_color_grey_sum(size_t pixels, const float *x) {
    double sum = 0;
    for (size_t i = 0; i < pixels; i++) sum += grey(x + 3 * i);
    return sum;
}

void cairn_reference_color_saturate(size_t pixels, float share, float *x) {
    for (size_t i = 0; i < pixels; i++) {
        double added = (1 - (double)share) * grey(x + 3 * i);
        for (int k = 0; k < 3; k++) x[3 * i + k] = (float)limited((double)share * (double)x[3 * i + k] + added);
    }
}

/// By hue, saturation and value, as in a textbook (Smith, 1978).
void cairn_reference_color_turn_hue(size_t pixels, float turn, float *x) {
    for (size_t i = 0; i < pixels; i++) {
        double r = x[3 * i], g = x[3 * i + 1], b = x[3 * i + 2];
        double value = fmax(r, fmax(g, b)), chroma = value - fmin(r, fmin(g, b));
        if (chroma == 0) continue;
        double hue = value == r ? (g - b) / chroma : value == g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
        hue = fmod(hue + 6 * (double)turn + 12, 6);
        double saturation = chroma / value, sector = floor(hue), part = hue - sector;
        double p = value * (1 - saturation), q = value * (1 - saturation * part);
        double t = value * (1 - saturation * (1 - part));
        const double colors[6][3] = {{value, t, p}, {q, value, p}, {p, value, t},
                                     {p, q, value}, {t, p, value}, {value, p, q}};
        for (int k = 0; k < 3; k++) x[3 * i + k] = (float)colors[(int)sector % 6][k];
    }
}
