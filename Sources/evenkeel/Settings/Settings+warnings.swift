import Logging

extension Settings {
    /// Says what can be used and yet is hardly meant.
    func warn(_ logger: Logger) {
        if let tokensFile, tokensFile.isReadableByEverybody {
            logger.warning(
                "Everybody on this machine can read the tokens",
                metadata: ["file": "\(tokensFile.path)", "advice": "chmod o= takes that away"]
            )
        }
        for name in unknownNames { logger.warning("A name is no setting", metadata: ["name": "\(name)"]) }
    }
}
