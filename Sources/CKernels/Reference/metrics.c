// metrics.c - how labels and outputs agree, row by row.
#include "CKernelsReference.h"

#include <math.h>

/// Larger, or equal and first; NaN before all.
static bool comes_before(const float *x, size_t i, size_t k) {
    double a = isnan(x[i]) ? INFINITY : (double)x[i], b = isnan(x[k]) ? INFINITY : (double)x[k];
    return a > b || (a == b && i < k);
}

void cairn_reference_tally(const cairn_loss_rows *g, int64_t *confusion, int64_t *ranks) {
    size_t classes = g->outputs > 1 ? g->outputs : 2;
    for (size_t r = 0; r < g->rows; r++) {
        float two[2] = {0, g->output[r]};
        const float *x = g->outputs > 1 ? g->output + r * classes : two;
        size_t label = (size_t)g->labels[r], before = 0, first = 0;
        for (size_t c = 0; c < classes; c++) {
            before += comes_before(x, c, label);
            if (comes_before(x, c, first)) first = c;
        }
        confusion[label * classes + first]++;
        ranks[before]++;
    }
}

void cairn_reference_probabilities(size_t rows, size_t outputs, const float *x, bool sigmoid, float *y) {
    for (size_t r = 0; r < rows; r++) {
        if (outputs == 1) {
            *y++ = (float)(1 / (1 + exp((double)x[r])));
            *y++ = (float)(1 / (1 + exp(-(double)x[r])));
            continue;
        }
        for (size_t c = 0; c < outputs; c++) {
            double sum = 0;
            for (size_t k = 0; k < outputs; k++) sum += exp((double)x[r * outputs + k] - (double)x[r * outputs + c]);
            *y++ = (float)(sigmoid ? 1 / (1 + exp(-(double)x[r * outputs + c])) : 1 / sum);
        }
    }
}
