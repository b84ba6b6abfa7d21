// loss.c - softmax cross-entropy of one row after the other, in double.
#include "CKernelsReference.h"

#include <math.h>

double cairn_reference_cross_entropy(size_t rows, size_t classes, const float *logits, const int32_t *labels,
                                     float gradient_scale, float *dlogits, int64_t *correct) {
    double loss = 0;
    for (size_t r = 0; r < rows; r++, logits += classes) {
        size_t label = (size_t)labels[r], largest = 0;
        for (size_t c = 1; c < classes; c++)
            if (logits[c] > logits[largest] || (isnan(logits[c]) && !isnan(logits[largest]))) largest = c;
        double sum = 0;
        for (size_t c = 0; c < classes; c++) sum += exp((double)logits[c] - (double)logits[largest]);
        loss += log(sum) - ((double)logits[label] - (double)logits[largest]);
        if (correct && largest == label) *correct += 1;
        if (!dlogits) continue;
        for (size_t c = 0; c < classes; c++) {
            double softmax = exp((double)logits[c] - (double)logits[largest]) / sum;
            *dlogits++ = (float)((softmax - (c == label ? 1 : 0)) * (double)gradient_scale);
        }
    }
    return loss;
}
