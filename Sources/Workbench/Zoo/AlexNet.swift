let smallAlexNet = NamedModel(
    name: "alexnet-small", summary: "one of the two halves of AlexNet, with small dense layers",
    paper: "Krizhevsky, Sutskever & Hinton, 2012",
    text: """
        # The paper's network ran on two machines, each with half of the filters: this is one of them. It has 2048 units
        # in a dense layer where these are 512, and normalises responses, which is no longer done.
        model alexnet-small {
            if ($side < 128) {
                conv 48 kernel=5 padding=2
            } else {
                conv 48 kernel=11 stride=4 padding=2
            }
            relu
            maxpool 3 stride=2
            conv 128 kernel=5 padding=2
            relu
            maxpool 3 stride=2
            conv 192 padding=1
            relu
            conv 192 padding=1
            relu
            conv 128 padding=1
            relu
            maxpool 3 stride=2
            flatten
            repeat 2 {
                dropout 0.5
                dense 512
                relu
            }
            dense $classes
        }
        """)
