import Crypto
import Foundation

/// How the page looks: light or dark as its reader likes, on a phone, on a screen, and on paper.
enum Stylesheet {
    /// What a browser knows the stylesheet by (CSP Level 3, section 2.3.1, hash-source).
    static let hash = "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"

    static let text = colors + layout + details + print

    private static let colors = """
        :root{color-scheme:light dark;--back:#fff;--fore:#1b2026;--soft:#56606b;--line:#dde2e8;--panel:#f6f8fa;--link:#0a58a8;\
        --get:#0a6b4a;--post:#0a58a8;--put:#8a4a00;--mark:#fff3c4}
        @media(prefers-color-scheme:dark){:root{--back:#11151a;--fore:#e3e8ed;--soft:#a3adb8;--line:#2c343d;--panel:#181e25;\
        --link:#7cbcff;--get:#62d3a4;--post:#7cbcff;--put:#f2b366;--mark:#3a3214}}

        """

    private static let layout = """
        *{box-sizing:border-box}
        html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--back);color:var(--fore);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:break-word}
        header,nav,main{padding:0 1.25rem}
        header{padding-top:1.5rem}
        main{max-width:56rem;padding-bottom:4rem}
        .skip{position:absolute;left:-99rem;padding:.5rem 1rem;background:var(--back)}
        .skip:focus{left:0;top:0;z-index:1}
        a{color:var(--link);text-underline-offset:.15em}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px}
        h1{margin:0;font-size:1.75rem;line-height:1.2}
        header p{margin:.25rem 0 0;color:var(--soft)}
        h2{margin:3rem 0 .5rem;padding-bottom:.4rem;border-bottom:1px solid var(--line);font-size:1.4rem}
        h3{margin:0;font-size:1.05rem}
        h4{margin:1.25rem 0 .35rem;font-size:.8rem;letter-spacing:.05em;text-transform:uppercase;color:var(--soft)}
        h2 a,h3 a{color:inherit;text-decoration:none}
        h2 a:hover,h3 a:hover{text-decoration:underline}
        nav ul{margin:0;padding:0;list-style:none}
        nav details>ul>li{margin:.6rem 0}
        nav li li a{display:block;padding:.15rem 0;font-size:.85rem;text-decoration:none}
        nav li li a:hover{text-decoration:underline}
        summary{margin-top:1rem;font-weight:600;cursor:pointer}
        @media(min-width:64rem){
        body{display:grid;grid-template:auto 1fr/20rem minmax(0,1fr);column-gap:1.5rem;max-width:84rem;margin:0 auto}
        header{grid-column:1/3}
        nav{position:sticky;top:0;max-height:100vh;overflow-y:auto;padding-bottom:2rem}}

        """

    private static let details = """
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875em}
        pre{margin:.5rem 0 0;padding:.75rem 1rem;overflow-x:auto;border-radius:.4rem;background:var(--panel);\
        border:1px solid var(--line)}
        pre code{font-size:.85rem}
        .card{margin:1.25rem 0;padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:.6rem}
        .card:target{background:var(--mark)}
        dt:target{background:var(--mark)}
        .method{display:inline-block;min-width:3.2rem;padding:0 .4rem;border:1px solid;border-radius:.3rem;text-align:center;\
        font-size:.72rem;font-weight:700;line-height:1.5}
        .get{color:var(--get)}.post{color:var(--post)}.put{color:var(--put)}
        nav .method{min-width:2.9rem;font-size:.65rem}
        .summary{margin:.6rem 0;font-weight:600}
        .note,.type{color:var(--soft);font-size:.9rem}
        .type{font-weight:400}
        .required{font-size:.75rem;font-weight:600;color:var(--put)}
        p,ul{margin:.5rem 0}
        dl{margin:.25rem 0;padding-left:.75rem;border-left:2px solid var(--line)}
        dt{margin-top:.5rem;font-weight:600}
        dt:first-child{margin-top:0}
        dd{margin:0}
        dd dl{margin-top:.35rem}

        """

    private static let print = """
        @media print{nav,.skip{display:none}body{display:block;font-size:10pt}main{max-width:none}\
        .card{break-inside:avoid-page}pre{white-space:pre-wrap}a{color:inherit}}
        """
}
