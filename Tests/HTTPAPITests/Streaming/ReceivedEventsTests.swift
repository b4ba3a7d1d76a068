import Testing

@Suite("The tests' reader of event streams")
struct ReceivedEventsTests {
    @Test("reads them as the standard says", arguments: ["\n", "\r\n", "\r"])
    func standard(lineBreak: String) {
        let lines = [
            ": a comment", "retry: 10", "", "event: add", "id: 1", "data: one", "data:two", "data:  three", "x: y", "",
            "event: empty", "", "data", "", "data: not yet whole",
        ]
        let received = ReceivedEvents(lines.joined(separator: lineBreak))
        #expect(
            received.events == [
                .init(name: "add", id: "1", data: "one\ntwo\n three"), .init(name: "", id: "1", data: ""),
            ]
        )
        #expect(received.comments == ["a comment"])
        #expect(received.retry == 10)
        #expect(received.unknown == ["x"])
    }
}
