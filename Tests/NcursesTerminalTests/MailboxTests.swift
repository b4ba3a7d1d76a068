import Synchronization
import Testing

@testable import NcursesTerminal

@Suite("Mailbox")
struct MailboxTests {
    @Test("Messages come out in order, once, and wake the reader once")
    func order() throws {
        let mailbox = Mailbox<Int>()
        let pipe = try Descriptor.pipe()
        defer {
            mailbox.connect(pipe: -1)
            Descriptor.close(pipe.read)
            Descriptor.close(pipe.write)
        }
        mailbox.post(1)
        mailbox.connect(pipe: pipe.write)
        mailbox.post(2)
        mailbox.post(3)
        #expect(Descriptor.read(pipe.read) == .bytes([0]))
        #expect(Descriptor.read(pipe.read) == .nothing)
        #expect(mailbox.take().messages == [1, 2, 3])
        #expect(mailbox.take().messages == [])
        mailbox.post(4)
        #expect(Descriptor.read(pipe.read) == .bytes([0]))
    }

    @Test("A message replaces the waiting ones that it makes unnecessary")
    func replacing() {
        let mailbox = Mailbox<Int>()
        mailbox.post(1)
        mailbox.post(10)
        mailbox.post(2, replacing: { $0 < 10 })
        #expect(mailbox.take().messages == [10, 2])
    }

    @Test("A request to close stays, also when it came first")
    func close() throws {
        let mailbox = Mailbox<Int>()
        mailbox.requestClose()
        let pipe = try Descriptor.pipe()
        defer {
            mailbox.connect(pipe: -1)
            Descriptor.close(pipe.read)
            Descriptor.close(pipe.write)
        }
        mailbox.connect(pipe: pipe.write)
        #expect(Descriptor.read(pipe.read) == .bytes([0]))
        #expect(mailbox.take().isCloseRequested)
    }

    @Test("Posting from many tasks loses nothing")
    func concurrent() async {
        let mailbox = Mailbox<Int>()
        await withTaskGroup(of: Void.self) { group in
            for start in 0..<20 {
                group.addTask {
                    for offset in 0..<100 { mailbox.post(start * 100 + offset) }
                }
            }
        }
        #expect(mailbox.take().messages.sorted() == Array(0..<2_000))
    }
}
