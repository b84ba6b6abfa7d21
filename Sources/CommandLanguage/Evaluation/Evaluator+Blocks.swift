// What commands run: their own blocks of statements, and other scripts.

extension Evaluator {
    /// Runs a block of a call. What it sets is gone when it ends; a `return` only ends it.
    ///
    /// - Throws: `Diagnostic`; `CommandInterruption` after Ctrl-C; `CommandExit` after `quit`.
    func run(_ block: StatementBlock, showing other: (any DisplaySink)?) throws {
        let outside = (source, locals, environment.variables, environment.definitions)
        (source, locals) = (block.source, block.locals)
        defer { (source, locals, environment.variables, environment.definitions) = outside }
        try showing(other) { try end(execute(block.block)) }
    }

    /// Runs checked scripts as part of the statement in hand, on the session's own variables.
    ///
    /// - Throws: as `run(_:showing:)` does.
    func include(_ scripts: [Script]) throws {
        let outside = (source, locals)
        locals = nil
        defer { (source, locals) = outside }
        for script in scripts {
            source = script.source
            try end(execute(Block(statements: script.statements, span: Span(0, 0))))
        }
    }

    private func showing(_ other: (any DisplaySink)?, _ run: () throws -> Void) rethrows {
        guard let other else { return try run() }
        let screen = sink
        sink = other
        surroundings.useSink(other)
        defer {
            sink = screen
            surroundings.useSink(screen)
        }
        try run()
    }

    private func end(_ flow: Flow) throws {
        switch flow {
        case .next, .breakLoop, .continueLoop, .returned: break
        case .interrupted: throw CommandInterruption()
        case .quit: throw CommandExit()
        }
    }
}
