/// One error, worded and placed: what a front end shows.
package struct Diagnostic: Error, Sendable, Hashable {
    /// What was found and what is allowed: lower-case, no full stop.
    package let message: String
    /// The name of its kind, which `explain` takes; nil for a remark about other errors.
    package let code: String?
    /// What to type instead.
    package let hint: String?
    package let source: Source?
    /// The part of the source that is at fault.
    package let span: Span?

    package init(
        code: (any ErrorCode)? = nil, message: String, hint: String? = nil, source: Source? = nil,
        span: Span? = nil
    ) {
        self.code = code?.rawValue
        self.message = message
        self.hint = hint
        self.source = source
        self.span = span
    }
}
