/// What examples in help need before they run; small, so that all of them together take seconds.
let smallDataSetup = "data shapes size=12 count=120 classes=3 channels=1"
let smallModelSetup = smallDataSetup + "\nmodel small { conv 4; relu; maxpool 2; flatten; dense 3 }"
let trainedSetup = smallModelSetup + "\ntrain 2 -> base"
