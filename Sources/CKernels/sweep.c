// sweep.c - see sweep.h.
#include "sweep.h"

/// A group's frames stay in the second-level cache, and its tables in the first.
enum { largest_group_size = 32768, largest_group_pixels = 512 };

static int common_divisor(int a, int b) { return b == 0 ? a : common_divisor(b, a % b); }

/// Input i was read by output o through tap k where i = o * stride - pad + k * dilation. So the taps that read the
/// inputs of a phase are `step` apart, and in falling order the outputs they read for are `gap` apart.
static sweep_axis backward_axis(const sweep_plan *plan, int axis, int phase) {
    int stride = plan->stride[axis], dilation = plan->dilation[axis], kernel = plan->kernel[axis];
    int extent = plan->output_extent[axis], position = phase + plan->pad[axis];
    int divisor = common_divisor(stride, dilation), step = stride / divisor;
    int smallest = 0, candidates = step < kernel ? step : kernel;
    while (smallest < candidates && (position - smallest * dilation) % stride != 0) smallest++;
    int taps = smallest < candidates ? (kernel - 1 - smallest) / step + 1 : 0;
    int largest = smallest + (taps - 1) * step;
    return (sweep_axis){
        .outputs = phase < extent ? (extent - 1 - phase) / stride + 1 : 0,
        .output_first = phase, .output_step = stride,
        .taps = taps, .tap_first = largest, .tap_step = -step,
        .first = taps > 0 ? (position - largest * dilation) / stride : 0, .step = 1,
        .gap = dilation / divisor,
    };
}

sweep_axis cairn_plan_axis(const sweep_plan *plan, int axis, int phase) {
    if (plan->is_backward) return backward_axis(plan, axis, phase);
    return (sweep_axis){
        .outputs = plan->output_extent[axis], .output_first = 0, .output_step = 1,
        .taps = plan->kernel[axis], .tap_first = 0, .tap_step = 1,
        .first = -plan->pad[axis], .step = plan->stride[axis], .gap = plan->dilation[axis],
    };
}

static sweep_frame frame_of(const sweep_plan *plan, int axis, int source) {
    int low = 0, high = source - 1;
    for (int phase = 0; phase < plan->phases[axis]; phase++) {
        sweep_axis sweep = cairn_plan_axis(plan, axis, phase);
        if (sweep.outputs == 0 || sweep.taps == 0) continue;
        int last = sweep.first + (sweep.outputs - 1) * sweep.step + (sweep.taps - 1) * sweep.gap;
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
        .groups = g->groups,
        .channels = g->input_channels / g->groups, .output_channels = g->output_channels / g->groups,
        .source_channels = g->input_channels, .target_channels = g->output_channels,
        .kernel = {g->kernel_height, g->kernel_width},
        .stride = {g->stride_y, g->stride_x}, .dilation = {g->dilation_y, g->dilation_x},
        .pad = {g->pad_top, g->pad_left},
        .output_extent = {g->output_height, g->output_width},
        .phases = {1, 1},
    };
    return completed(plan, g->input_height, g->input_width);
}

sweep_plan cairn_plan_backward(const cairn_convolution *g) {
    sweep_plan plan = {
        .is_backward = true,
        .groups = g->groups,
        .channels = g->output_channels / g->groups, .output_channels = g->input_channels / g->groups,
        .source_channels = g->output_channels, .target_channels = g->input_channels,
        .kernel = {g->kernel_height, g->kernel_width},
        .stride = {g->stride_y, g->stride_x}, .dilation = {g->dilation_y, g->dilation_x},
        .pad = {g->pad_top, g->pad_left},
        .output_extent = {g->input_height, g->input_width},
        .phases = {g->stride_y, g->stride_x},
    };
    return completed(plan, g->output_height, g->output_width);
}
