let plainCNN = NamedModel(
    name: "cnn", summary: "the plain stack of convolution, batch norm, relu, pooling and dropout",
    paper: "LeCun et al., 1989; Ioffe & Szegedy, 2015",
    text: """
        model cnn {
            # Each stage looks at a coarser image through more filters.
            for filters in [32, 64, 128] {
                repeat 2 {
                    conv $filters padding=same bias=false
                    batchnorm
                    relu
                }
                maxpool 2
                dropout 0.2
            }
            globalavgpool
            dense $classes
        }
        """)
