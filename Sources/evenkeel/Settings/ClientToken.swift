import Dispatch
import Synchronization

/// A token that is sent to an instance.
struct ClientToken: Sendable, Equatable {
    let text: String

    /// Checks a token, blanks and line ends around which don't count.
    /// - Throws: `SettingRefusal` for one that no instance can have given, without a word of what it is.
    init(checking text: some StringProtocol) throws(SettingRefusal) {
        let token = text.split(whereSeparator: \.isWhitespace)
        guard token.count == 1, let only = token.first, only.utf8.count <= 1024, only.utf8.allSatisfy(Self.isAllowed)
        else {
            throw SettingRefusal(
                reason: "a token is one word of up to 1024 letters, digits, \"-._~+/\", and \"=\" at its end"
            )
        }
        self.text = String(only)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+/=".utf8.contains(byte)
        }
    }
}

/// The file that has the token for an instance, which may be put there while it is used.
final class ClientTokenFile: Sendable {
    /// Whether everybody on this machine can read it, which nobody should want.
    let isReadableByEverybody: Bool

    private struct State {
        var last: ClientToken
        var isBeingRead = false
    }

    private let read: @Sendable () throws -> ClientToken
    private let state: Mutex<State>
    private let reader = DispatchQueue(label: "evenkeel.token")

    /// Reads the file.
    /// - Throws: `SettingRefusal` for one that can't be read or has no token.
    convenience init(path: String) throws(SettingRefusal) {
        let (token, isReadableByEverybody) = try Self.read(path)
        self.init(token, isReadableByEverybody: isReadableByEverybody) { try Self.read(path).token }
    }

    init(
        _ token: ClientToken,
        isReadableByEverybody: Bool = false,
        readAgain: @escaping @Sendable () throws -> ClientToken
    ) {
        self.isReadableByEverybody = isReadableByEverybody
        read = readAgain
        state = Mutex(State(last: token))
    }

    /// The token that the file has now; the last one while it can't be read, or once the task is cancelled.
    ///
    /// A disk that doesn't answer holds up one caller: the others get the last one meanwhile.
    var token: ClientToken {
        get async {
            let mustRead = state.withLock { state in
                defer { state.isBeingRead = true }
                return !state.isBeingRead
            }
            if mustRead { await readAgain() }
            return state.withLock { $0.last }
        }
    }

    /// Reads the file away from Swift's threads, and waits for that until the task is cancelled.
    private func readAgain() async {
        let (end, continuation) = AsyncStream.makeStream(of: Never.self)
        reader.async { [self] in
            let now = try? read()
            state.withLock { state in
                if let now { state.last = now }
                state.isBeingRead = false
            }
            continuation.finish()
        }
        for await _ in end {}
    }

    private static func read(_ path: String) throws(SettingRefusal) -> (token: ClientToken, Bool) {
        let file = try SecretFile(path: path, maximumSize: 64 * 1024)
        return (try ClientToken(checking: file.text), file.isReadableByEverybody)
    }
}
