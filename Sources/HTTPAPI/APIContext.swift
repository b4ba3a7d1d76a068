import EventService
import Hummingbird

/// What Evenkeel knows about a request beyond what Hummingbird does.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    /// The request on its way through the service; set by the first middleware.
    var call = CallContext(requestID: "")

    init(source: Source) {
        coreContext = .init(source: source)
    }
}
