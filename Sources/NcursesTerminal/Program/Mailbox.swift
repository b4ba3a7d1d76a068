import CNcurses
import Synchronization

/// Messages on their way to the screen thread.
///
/// A write to the wake pipe wakes the thread; as long as messages wait there is at most one byte in the pipe.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isCloseRequested = false
        var isSignalled = false
        /// The wake pipe's end; -1 while no thread listens.
        ///
        /// Used under the lock, so that it is never a reused number.
        var pipe: Int32 = -1

        /// Wakes the thread, unless it is about to look anyway (the pipe never blocks).
        mutating func signal() {
            guard !isSignalled, pipe >= 0 else { return }
            isSignalled = true
            Descriptor.write([0], to: pipe)
        }
    }

    private let state = Mutex(State())

    /// Puts a message in the box.
    ///
    /// - Parameter isReplaced: Waiting messages that this one makes unnecessary.
    func post(_ message: Message, replacing isReplaced: ((Message) -> Bool)? = nil) {
        state.withLock { state in
            if let isReplaced {
                state.messages.removeAll(where: isReplaced)
            }
            state.messages.append(message)
            state.signal()
        }
    }

    /// Asks the thread to end.
    func requestClose() {
        state.withLock { state in
            state.isCloseRequested = true
            state.signal()
        }
    }

    /// Connects the box with a wake pipe, or disconnects it with -1.
    func connect(pipe: Int32) {
        state.withLock { state in
            state.pipe = pipe
            state.isSignalled = false
            if !state.messages.isEmpty || state.isCloseRequested {
                state.signal()
            }
        }
    }

    /// Empties the box.
    func take() -> (messages: [Message], isCloseRequested: Bool) {
        state.withLock { state in
            let messages = state.messages
            state.messages = []
            state.isSignalled = false
            return (messages, state.isCloseRequested)
        }
    }
}
