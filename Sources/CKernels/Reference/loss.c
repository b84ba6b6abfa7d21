// loss.c - losses of one row after the other, in double.
#include "CKernelsReference.h"

#include <math.h>

/// What the gradient kernels do with a slope.
static void put(const cairn_loss_rows *g, size_t index, double slope) {
    if (!g->gradient) return;
    double scaled = slope * (double)g->gradient_scale;
    g->gradient[index] = (float)(g->adds_gradient ? (double)g->gradient[index] + scaled : scaled);
}

double cairn_reference_cross_entropy(const cairn_loss_rows *g, const float *class_weights, float smoothing,
                                     int64_t *correct) {
    size_t classes = g->outputs;
    double loss = 0;
    for (size_t r = 0; r < g->rows; r++) {
        const float *logits = g->output + r * classes;
        size_t label = (size_t)g->labels[r], largest = 0;
        for (size_t c = 1; c < classes; c++)
            if (logits[c] > logits[largest] || (isnan(logits[c]) && !isnan(logits[largest]))) largest = c;
        if (correct && largest == label) *correct += 1;
        double top = (double)logits[largest], sum = 0, all = 0;
        for (size_t c = 0; c < classes; c++) sum += exp((double)logits[c] - top);
        for (size_t pass = 0; pass < 2; pass++) { // the gradient needs the sum of all targets
            for (size_t c = 0; c < classes; c++) {
                double weight = class_weights ? (double)class_weights[c] : 1;
                double target = (double)smoothing / (double)classes + (c == label ? 1 - (double)smoothing : 0);
                target *= weight;
                if (pass == 0) {
                    all += target;
                    if (target > 0) loss += target * (log(sum) - ((double)logits[c] - top));
                } else {
                    put(g, r * classes + c, exp((double)logits[c] - top) / sum * all - target);
                }
            }
        }
    }
    return loss;
}

double cairn_reference_label_weight(size_t rows, const int32_t *labels, const float *class_weights) {
    double sum = 0;
    for (size_t r = 0; r < rows; r++) sum += (double)class_weights[labels[r]];
    return sum;
}
