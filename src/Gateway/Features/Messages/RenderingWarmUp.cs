using Gateway.Rendering;

namespace Gateway.Features.Messages;

/// <summary>Renders a mail nobody sees: compiling the code that does it takes longer than any mail, and the first reader would pay for it.</summary>
internal sealed class RenderingWarmUp : BackgroundService
{
    /// <summary>The runtime compiles for good what was called thirty times.</summary>
    private const int Times = 40;

    private const string Mail =
        "<html><head><style>p{color:#333}@media(max-width:600px){p{color:red}}</style></head><body style=\"margin:0\"><table width=600><tr>"
        + "<td style=\"padding:8px\"><p>Hello<a href=\"https://example.org/\">there</a><img src=\"cid:a\"><img src=\"https://example.org/a.png\"></td></tr></table></body></html>";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        () =>
        {
            for (var i = 0; i < Times && !stoppingToken.IsCancellationRequested; i++)
            {
                _ = HtmlRendering.Render(Mail, _ => null);
                _ = TextRendering.FromText(TextRendering.FromHtml(Mail));
            }
        },
        stoppingToken);
}
