// resample.c - scaling images of bytes.
#include "CKernelsReference.h"

#include <math.h>

static double weight(int output, int outputs, double start, double extent, int input) {
    double scale = extent / outputs, reach = fmax(scale, 1);
    return fmax(0, 1 - fabs(input + 0.5 - (start + (output + 0.5) * scale)) / reach);
}

void cairn_reference_resample(const cairn_resampling *g, const uint8_t *x, double *y) {
    for (int row = 0; row < g->output_height; row++)
        for (int column = 0; column < g->output_width; column++)
            for (int c = 0; c < g->channels; c++) {
                double sum = 0, weights = 0;
                for (int i = 0; i < g->height; i++) {
                    double vertical = weight(row, g->output_height, g->first_row, g->rows, i);
                    for (int j = 0; vertical > 0 && j < g->width; j++) {
                        double both = vertical * weight(column, g->output_width, g->first_column, g->columns, j);
                        size_t pixel = (size_t)(g->top + i) * (size_t)g->input_width + (size_t)(g->left + j);
                        sum += both * x[pixel * (size_t)g->channels + (size_t)c];
                        weights += both;
                    }
                }
                *y++ = sum / weights;
            }
}
