// loss.c - softmax cross-entropy. A batch has few logits, so this is plain code for every instruction set.
#include "CKernels.h"

#include <math.h>

double cairn_cross_entropy(size_t rows, size_t classes, const float *logits, const int32_t *labels,
                           float gradient_scale, float *dlogits, int64_t *correct) {
    double loss = 0;
    for (size_t r = 0; r < rows; r++, logits += classes) {
        size_t label = (size_t)labels[r], largest = 0;
        for (size_t c = 1; c < classes; c++) // the first NaN counts as largest, so that it reaches every sum
            if (logits[c] > logits[largest] || (isnan(logits[c]) && !isnan(logits[largest]))) largest = c;
        float top = logits[largest], sum = 0;
        for (size_t c = 0; c < classes; c++) sum += expf(logits[c] - top);
        loss += log((double)sum) - ((double)logits[label] - (double)top);
        if (correct && largest == label) *correct += 1;
        if (!dlogits) continue;
        for (size_t c = 0; c < classes; c++) {
            float softmax = expf(logits[c] - top) / sum;
            dlogits[c] = (softmax - (c == label)) * gradient_scale;
        }
        dlogits += classes;
    }
    return loss;
}
