// convolution.h - each direction of a convolution by the algorithm it asks for.

static void convolution_pack_forward(const cairn_convolution *g, const float *weight, float *packed) {
    switch (g->algorithm) {
    case cairn_direct: direct_pack_forward(g, weight, packed); break;
    case cairn_depthwise: depthwise_pack(g, weight, packed); break;
    default: winograd_pack_forward(g, weight, packed);
    }
}

static void convolution_pack_backward(const cairn_convolution *g, const float *weight, float *packed) {
    switch (g->algorithm) {
    case cairn_direct: direct_pack_backward(g, weight, packed); break;
    case cairn_depthwise: depthwise_pack(g, weight, packed); break;
    default: winograd_pack_backward(g, weight, packed);
    }
}

static void convolution_forward(const cairn_convolution *g, size_t images, const float *x, const float *packed,
                                const float *bias, bool relu, float *y, float *scratch) {
    switch (g->algorithm) {
    case cairn_direct: direct_forward(g, images, x, packed, bias, relu, y, scratch); break;
    case cairn_depthwise: depthwise_forward(g, images, x, packed, bias, relu, y); break;
    default: winograd_forward(g, images, x, packed, bias, relu, y, scratch);
    }
}

static void convolution_backward_input(const cairn_convolution *g, size_t images, const float *dy,
                                       const float *packed, float *dx, float *scratch) {
    switch (g->algorithm) {
    case cairn_direct: direct_backward_input(g, images, dy, packed, dx, scratch); break;
    case cairn_depthwise: depthwise_backward_input(g, images, dy, packed, dx); break;
    default: winograd_backward_input(g, images, dy, packed, dx, scratch);
    }
}

static void convolution_backward_weight(const cairn_convolution *g, size_t images, const float *x, const float *dy,
                                        float *dweight, float *dbias, float *scratch) {
    switch (g->algorithm) {
    case cairn_direct: direct_backward_weight(g, images, x, dy, dweight, dbias, scratch); break;
    case cairn_depthwise: depthwise_backward_weight(g, images, x, dy, dweight, dbias); break;
    default: winograd_backward_weight(g, images, x, dy, dweight, dbias, scratch);
    }
}
