// dice.h - the soft Dice loss: first sums over all rows, then the gradient of each.
//
// totals: five runs of one number for each class, and the loss. The gradient with respect to the softmax p[c] of a row
// is `everywhere[c]`, and `at_label[c]` more where c is the row's label.
#include <math.h>

INLINE double *probability_of(double *totals) { return totals; }
INLINE double *overlap_of(double *totals, size_t classes) { return totals + classes; }
INLINE double *count_of(double *totals, size_t classes) { return totals + 2 * classes; }
INLINE double *everywhere_of(double *totals, size_t classes) { return totals + 3 * classes; }
INLINE double *at_label_of(double *totals, size_t classes) { return totals + 4 * classes; }

static size_t dice_totals_count(size_t classes) { return 5 * classes + 1; }

/// The sum of e^(x - top).
INLINE double sum_of_powers(size_t classes, const float *logits, double top) {
    double sum = 0;
    for (size_t c = 0; c < classes; c++) sum += exp((double)logits[c] - top);
    return sum;
}

static void dice_add(const cairn_loss_rows *g, float share, double *totals) {
    size_t classes = g->outputs;
    double *probability = probability_of(totals), *overlap = overlap_of(totals, classes);
    const float *logits = g->output;
    for (size_t r = 0; r < g->rows; r++, logits += classes) {
        size_t label = (size_t)g->labels[r];
        double top = (double)logits[index_of_largest(classes, logits)];
        double scale = (double)share / sum_of_powers(classes, logits, top);
        for (size_t c = 0; c < classes; c++) {
            double p = exp((double)logits[c] - top) * scale;
            probability[c] += p;
            if (c == label) overlap[c] += p;
        }
        count_of(totals, classes)[label] += (double)share;
    }
}

static double dice_finish(size_t classes, float smooth, double *totals) {
    size_t present = 0;
    for (size_t c = 0; c < classes; c++) present += count_of(totals, classes)[c] > 0;
    double sum = 0;
    for (size_t c = 0; c < classes; c++) {
        double count = count_of(totals, classes)[c];
        double size = probability_of(totals)[c] + count + (double)smooth;
        double dice = (2 * overlap_of(totals, classes)[c] + (double)smooth) / size;
        double share = count > 0 ? 1 / (double)present : 0;
        everywhere_of(totals, classes)[c] = share * dice / size;
        at_label_of(totals, classes)[c] = -2 * share / size;
        sum += share * dice;
    }
    return totals[5 * classes] = 1 - sum;
}

static double dice(const cairn_loss_rows *g, const double *totals) {
    size_t classes = g->outputs;
    const double *everywhere = totals + 3 * classes, *at_label = totals + 4 * classes;
    const float *logits = g->output;
    double all_rows = 0;
    for (size_t c = 0; c < classes; c++) all_rows += totals[2 * classes + c];
    for (size_t r = 0; g->gradient && r < g->rows; r++, logits += classes) {
        size_t label = (size_t)g->labels[r];
        double top = (double)logits[index_of_largest(classes, logits)], sum = 0, mean = 0;
        for (size_t c = 0; c < classes; c++) {
            double power = exp((double)logits[c] - top);
            sum += power;
            mean += power * (everywhere[c] + (c == label ? at_label[c] : 0));
        }
        mean /= sum;
        for (size_t c = 0; c < classes; c++) {
            double slope = everywhere[c] + (c == label ? at_label[c] : 0) - mean;
            put_slope(g, r * classes + c, exp((double)logits[c] - top) / sum * slope * all_rows);
        }
    }
    return totals[5 * classes] * (double)g->rows;
}
