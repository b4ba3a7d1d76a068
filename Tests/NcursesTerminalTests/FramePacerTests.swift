import Testing

@testable import NcursesTerminal

@Suite("Frame pacer")
struct FramePacerTests {
    private let start = ContinuousClock().now

    @Test("Nothing is painted while nothing changed")
    func idle() {
        var pacer = FramePacer()
        #expect(pacer.nextPaint(now: start) == nil)
        pacer.noteInput()
        pacer.notePaint(now: start)
        #expect(pacer.nextPaint(now: start + .seconds(60)) == nil)
    }

    @Test("A key is painted at once, a message waits for its thirtieth of a second")
    func pacing() {
        var pacer = FramePacer()
        pacer.noteChange()
        #expect(pacer.isDue(now: start))
        pacer.notePaint(now: start)
        pacer.noteChange()
        #expect(!pacer.isDue(now: start + .milliseconds(10)))
        #expect(pacer.nextPaint(now: start + .milliseconds(10)) == start + FramePacer.interval)
        #expect(pacer.isDue(now: start + FramePacer.interval))
        pacer.noteInput()
        #expect(pacer.isDue(now: start + .milliseconds(10)))
        pacer.noteChange()
        #expect(pacer.isDue(now: start + .milliseconds(10)), "a message doesn't take the key's turn away")
    }

    @Test("A thousand messages a second make at most thirty frames")
    func rate() {
        var pacer = FramePacer()
        var frames = 0
        for millisecond in 0..<1_000 {
            let now = start + .milliseconds(millisecond)
            pacer.noteChange()
            if pacer.isDue(now: now) {
                frames += 1
                pacer.notePaint(now: now)
            }
        }
        #expect((28...30).contains(frames))
    }
}
