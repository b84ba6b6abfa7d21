// sweep.c - see sweep.h.
#include "sweep.h"

/// A group's frames stay in the second-level cache, and its tables in the first.
enum { largest_group_size = 32768, largest_group_pixels = 512 };

sweep_axis cairn_plan_axis(const sweep_plan *plan, int axis, int phase) {
    int stride = plan->stride[axis], pad = plan->pad[axis], kernel = plan->kernel[axis];
    int extent = plan->output_extent[axis];
    if (!plan->is_backward) {
        return (sweep_axis){
            .outputs = extent, .output_first = 0, .output_step = 1,
            .taps = kernel, .tap_first = 0, .tap_step = 1,
            .first = -pad, .step = stride,
        };
    }
    // Input i was read by output o through tap k where i = o * stride - pad + k.
    int smallest_tap = (phase + pad) % stride;
    int taps = smallest_tap < kernel ? (kernel - 1 - smallest_tap) / stride + 1 : 0;
    return (sweep_axis){
        .outputs = phase < extent ? (extent - 1 - phase) / stride + 1 : 0,
        .output_first = phase, .output_step = stride,
        .taps = taps, .tap_first = smallest_tap + (taps - 1) * stride, .tap_step = -stride,
        .first = (phase + pad) / stride - (taps - 1), .step = 1,
    };
}

static sweep_frame frame_of(const sweep_plan *plan, int axis, int source) {
    int low = 0, high = source - 1;
    for (int phase = 0; phase < plan->phases[axis]; phase++) {
        sweep_axis sweep = cairn_plan_axis(plan, axis, phase);
        if (sweep.outputs == 0 || sweep.taps == 0) continue;
        int last = sweep.first + (sweep.outputs - 1) * sweep.step + sweep.taps - 1;
        if (sweep.first < low) low = sweep.first;
        if (last > high) high = last;
    }
    return (sweep_frame){low, high - low + 1, source};
}

static sweep_plan completed(sweep_plan plan, int source_height, int source_width) {
    plan.frame[0] = frame_of(&plan, 0, source_height);
    plan.frame[1] = frame_of(&plan, 1, source_width);
    size_t frame = sweep_frame_size(&plan), pixels = sweep_output_pixels(&plan);
    size_t by_size = largest_group_size / (frame ? frame : 1);
    size_t by_pixels = largest_group_pixels / (pixels ? pixels : 1);
    plan.group = by_size < by_pixels ? by_size : by_pixels;
    if (plan.group == 0) plan.group = 1;
    return plan;
}

sweep_plan cairn_plan_forward(const cairn_convolution *g) {
    sweep_plan plan = {
        .is_backward = false,
        .channels = g->input_channels, .output_channels = g->output_channels,
        .kernel = {g->kernel_height, g->kernel_width},
        .stride = {g->stride_y, g->stride_x},
        .pad = {g->pad_top, g->pad_left},
        .output_extent = {g->output_height, g->output_width},
        .phases = {1, 1},
    };
    return completed(plan, g->input_height, g->input_width);
}

sweep_plan cairn_plan_backward(const cairn_convolution *g) {
    sweep_plan plan = {
        .is_backward = true,
        .channels = g->output_channels, .output_channels = g->input_channels,
        .kernel = {g->kernel_height, g->kernel_width},
        .stride = {g->stride_y, g->stride_x},
        .pad = {g->pad_top, g->pad_left},
        .output_extent = {g->input_height, g->input_width},
        .phases = {g->stride_y, g->stride_x},
    };
    return completed(plan, g->output_height, g->output_width);
}
