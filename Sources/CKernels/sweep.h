// sweep.h - a convolution as sweeps of a small window over a framed image, described one axis at a time.
//
// Forward is one sweep over x inside a frame of zeros. Backward to the input with stride s is s sweeps per axis
// over dy: the inputs phase, phase + s, phase + 2s, ... read only every s-th tap, in falling order, and read
// neighbours in dy; so each phase is a small convolution with stride 1 whose outputs lie s apart.
// Everything here is integer planning, the same for every instruction set; axis 0 is y and axis 1 is x.
#ifndef CAIRN_SWEEP_H
#define CAIRN_SWEEP_H

#include "CKernels.h"

enum {
    most_lanes = 16,        // floats in the widest vector of any instruction set, and in a cache line
    pixels_per_block = 128, // backward to the weights: their gradients stay in the first-level cache
                            // while every tap passes over them
};

/// One axis of one sweep.
typedef struct sweep_axis {
    int outputs, output_first, output_step; // which outputs it makes
    int taps, tap_first, tap_step;          // which taps of the kernel it uses, in order
    int first, step;                        // output i reads its first tap at first + i * step,
    int gap;                                // and each further tap so far behind
} sweep_axis;

/// The part of an axis that is read: from `low` (0 or less), `size` long; the image itself is `source` long.
typedef struct sweep_frame {
    int low, size, source;
} sweep_frame;

/// One direction of a convolution.
typedef struct sweep_plan {
    bool is_backward;
    int groups, channels, output_channels;  // channels of one group
    int source_channels, target_channels;   // of all groups: from pixel to pixel in memory
    int kernel[2], stride[2], dilation[2], pad[2];
    int output_extent[2];
    int phases[2];
    sweep_frame frame[2];
    size_t group; // images framed and swept together: more reuse of the weights, fuller tiles
} sweep_plan;

sweep_plan cairn_plan_forward(const cairn_convolution *geometry);
sweep_plan cairn_plan_backward(const cairn_convolution *geometry);
sweep_axis cairn_plan_axis(const sweep_plan *plan, int axis, int phase);

static inline size_t sweep_frame_size(const sweep_plan *plan) {
    return (size_t)plan->frame[0].size * (size_t)plan->frame[1].size * (size_t)plan->channels;
}

static inline size_t sweep_source_size(const sweep_plan *plan) {
    return (size_t)plan->frame[0].source * (size_t)plan->frame[1].source * (size_t)plan->source_channels;
}

static inline size_t sweep_output_pixels(const sweep_plan *plan) {
    return (size_t)plan->output_extent[0] * (size_t)plan->output_extent[1];
}

/// The taps of all phases together, times channels: the length of the sums.
static inline size_t sweep_steps(const sweep_plan *plan) {
    return (size_t)plan->kernel[0] * (size_t)plan->kernel[1] * (size_t)plan->channels;
}

/// Whether nothing outside the image is read, and all of it at once, so that the image needs no frame.
static inline bool sweep_is_unframed(const sweep_plan *plan) {
    return plan->groups == 1 && plan->frame[0].size == plan->frame[0].source && plan->frame[1].size == plan->frame[1].source;
}

#endif
