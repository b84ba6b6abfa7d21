let smallMobileNet = NamedModel(
    name: "mobilenet-v2-small",
    summary: "inverted bottlenecks of depthwise convolutions, half as wide as the paper's",
    paper: "Sandler et al., 2018",
    text: """
        # A bottleneck widens the channels, filters each by itself and narrows them again.
        def bottleneck(name, inputs, filters, widening, stride) {
            let wide = ($widening * $inputs)
            let next = 0
            if ($widening > 1) {
                conv $wide kernel=1 bias=false name="$name.0.0"
                batchnorm name="$name.0.1"
                relu
                let next = 1
            }
            conv $wide stride=$stride padding=1 groups=$wide bias=false name="$name.$next.0"
            batchnorm name="$name.$next.1"
            relu
            let next = ($next + 1)
            conv $filters kernel=1 bias=false name="$name.$next"
            let next = ($next + 1)
            batchnorm name="$name.$next"
        }

        # From 64 pixels on this is torchvision's mobilenet_v2(width_mult=0.5), but for the relus, which are clipped at 6
        # there.
        model mobilenet-v2-small {
            let early = 2
            if ($side < 64) { let early = 1 }  # a small image keeps its size at first
            conv 16 stride=$early padding=1 bias=false name=features.0.0
            batchnorm name=features.0.1
            relu
            let index = 1
            let inputs = 16
            # Each stage: how much wider within, how many filters, how many bottlenecks, the stride of the first.
            for stage in [
                [1, 8, 1, 1], [6, 16, 2, $early], [6, 16, 3, 2], [6, 32, 4, 2], [6, 48, 3, 1], [6, 80, 3, 2],
                [6, 160, 1, 1]
            ] {
                let filters = $stage[1]
                for i in (1..$stage[2]) {
                    if ($i == 1) {
                        bottleneck ("features.$index" + ".conv") $inputs $filters $stage[0] $stage[3]
                    } else {
                        residual name="features.$index" { bottleneck conv $filters $filters $stage[0] 1 }
                    }
                    let inputs = $filters
                    let index = ($index + 1)
                }
            }
            conv 1280 kernel=1 bias=false name="features.$index.0"
            batchnorm name="features.$index.1"
            relu
            globalavgpool
            dropout 0.2
            dense $classes name=classifier.1
        }
        """)
