/// The arguments of a statement before the cursor.
struct GivenArguments {
    /// The first tokens of the values without a name.
    var values: [Token] = []
    private(set) var names: Set<String> = []
    /// The name of `name=` right before the cursor.
    private(set) var openName: String?

    init(_ tokens: ArraySlice<Token>) {
        var depth = 0
        var index = tokens.startIndex
        while index < tokens.endIndex {
            let token = tokens[index]
            let next = index + 1 < tokens.endIndex ? tokens[index + 1] : nil
            if depth == 0, let name = token.word, next?.symbol == .equals {
                names.insert(name)
                if index + 2 == tokens.endIndex { openName = name }
                // The name, the mark and the first token of the value.
                index += 2
                if index < tokens.endIndex, tokens[index].symbol?.closing != nil { depth += 1 }
            } else {
                let isInside =
                    token.isGlued && index > tokens.startIndex && tokens[index - 1].symbol != .equals
                if depth == 0, !isInside, token.symbol == nil || token.symbol?.closing != nil {
                    values.append(token)
                }
                if token.symbol?.closing != nil { depth += 1 }
                // The `}` of the command's block has no `{` here.
                if token.symbol?.isClosing == true { depth = max(depth - 1, 0) }
            }
            index += 1
        }
    }
}
