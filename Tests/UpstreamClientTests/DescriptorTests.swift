import EventService
import Testing

@testable import UpstreamClient

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// In processes of their own, which can't open anything any more.
@Suite("A process that is out of descriptors", .timeLimit(.minutes(3)))
struct DescriptorTests {
    @Test("says that of itself, and not that an address can't be reached")
    func address() async {
        await #expect(processExitsWith: .success) {
            let error = try await errorWithoutDescriptors("http://127.0.0.1:9")
            try #require(error == .outOfDescriptors, "\(error)")
        }
    }

    @Test("says that of itself, and not that a name isn't known")
    func name() async {
        await #expect(processExitsWith: .success) {
            let error = try await errorWithoutDescriptors("http://localhost:9")
            try #require(error == .outOfDescriptors, "\(error)")
        }
    }
}

/// The error of a call in this process once it has used up all its descriptors.
private func errorWithoutDescriptors(_ address: String) async throws -> UpstreamError {
    let url = try #require(BaseURL(address))
    return try await Upstream.withClient { client in
        let api = HTTPEventsAPI(client: client, baseURL: url)
        let context = CallContext(requestID: "r")
        // Everything that the first call opens for good is open then.
        _ = try? await api.answer(to: .users, for: context)
        while open("/dev/null", O_RDONLY) >= 0 {}
        do {
            _ = try await api.answer(to: .users, for: context)
            throw UpstreamError.unaddressable
        } catch {
            return error as? UpstreamError ?? .unreachable("\(error)")
        }
    }
}
