let lenet5 = NamedModel(
    name: "lenet5", summary: "the first convolutional network in daily use, for handwritten digits",
    paper: "LeCun et al., 1998",
    text: """
        # Of the paper's: the sizes, tanh and mean pooling. Not of it: its pooling had weights, its second convolution
        # left out some connections, and its output measured distances.
        model lenet5 {
            if ($side < 32) {
                conv 6 kernel=5 padding=2 name=conv1  # the paper puts 28x28 digits into 32x32 images
            } else {
                conv 6 kernel=5 name=conv1
            }
            tanh
            avgpool 2
            conv 16 kernel=5 name=conv2
            tanh
            avgpool 2
            flatten
            dense 120 name=fc1
            tanh
            dense 84 name=fc2
            tanh
            dense $classes name=fc3
        }
        """)
