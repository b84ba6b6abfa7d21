let smallUNet = NamedModel(
    name: "unet-small",
    summary: "a class for each pixel: down to a coarse image, and up again beside what was fine",
    paper: "Ronneberger, Fischer & Brox, 2015",
    text: """
        def convolutions(filters) {
            repeat 2 {
                conv $filters padding=same bias=false
                batchnorm
                relu
            }
        }

        # A level works on its image, hands it down halved, and works on what comes back together with what it had. An
        # image of odd size is not halved: it would not come back as large.
        def level(filters, height, width, below) {
            convolutions $filters
            if ($below > 0 and $height % 2 == 0 and $width % 2 == 0) {
                mark "fine$below"
                maxpool 2
                level (2 * $filters) ($height / 2) ($width / 2) ($below - 1)
                convtranspose $filters kernel=2 stride=2
                concat "fine$below"
                convolutions $filters
            }
        }

        # The paper has 64 filters and four levels below the first, and pads nothing, so its images shrink.
        model unet-small {
            level 16 $height $width below=3
            conv $classes kernel=1
        }
        """)
