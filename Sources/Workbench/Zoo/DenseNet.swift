let smallDenseNet = NamedModel(
    name: "densenet-small",
    summary: "40 layers, each of which gets what all before it in its block have made",
    paper: "Huang et al., 2017",
    text: """
        # The paper's DenseNet-BC with 40 layers and 12 channels from each. From 64 pixels on it begins as torchvision's
        # DenseNet does; the names are torchvision's throughout.
        model densenet-small {
            if ($side < 64) {
                conv 24 padding=1 bias=false name=features.conv0
            } else {
                conv 24 kernel=7 stride=2 padding=3 bias=false name=features.conv0
                batchnorm name=features.norm0
                relu
                maxpool 3 stride=2 padding=1
            }
            let channels = 24
            for block in 1..3 {
                for i in 1..6 {
                    let name = ("features.denseblock$block" + ".denselayer$i")
                    mark before
                    batchnorm name=($name + ".norm1")
                    relu
                    conv 48 kernel=1 bias=false name=($name + ".conv1")
                    batchnorm name=($name + ".norm2")
                    relu
                    conv 12 padding=1 bias=false name=($name + ".conv2")
                    # The 12 new channels come after those that there were.
                    concat before
                    let channels = ($channels + 12)
                }
                if ($block < 3) {
                    # Between two blocks the image and the number of channels are halved.
                    let channels = ($channels / 2)
                    batchnorm name=("features.transition$block" + ".norm")
                    relu
                    conv $channels kernel=1 bias=false name=("features.transition$block" + ".conv")
                    avgpool 2
                }
            }
            batchnorm name=features.norm5
            relu
            globalavgpool
            dense $classes name=classifier
        }
        """)
