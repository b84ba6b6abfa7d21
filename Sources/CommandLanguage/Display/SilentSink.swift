/// Shows nothing: for what runs only to lead somewhere.
package final class SilentSink: DisplaySink {
    package init() {}
    package func show(_ displayable: Displayable) {}
    package func show(_ progress: Progress) {}
}
