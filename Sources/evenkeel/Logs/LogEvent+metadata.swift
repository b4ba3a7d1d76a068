import Logging

extension LogEvent {
    /// All that comes with the message: what the handler always adds, what it is provided with, the event's own, and the
    /// error; of one name, the later.
    func metadata(in handler: some LogHandler) -> Logger.Metadata {
        var values = handler.metadata
        if let provided = handler.metadataProvider?.get() { values.merge(provided) { $1 } }
        if let own = metadata { values = values.isEmpty ? own : values.merging(own) { $1 } }
        if let error { values["error"] = "\(error)" }
        return values
    }
}
