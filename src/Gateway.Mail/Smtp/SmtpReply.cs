using System.Text.RegularExpressions;
using Gateway.Mail.Faults;
using MailKit.Net.Smtp;

namespace Gateway.Mail.Smtp;

/// <summary>Reads a server's answer.</summary>
internal static partial class SmtpReply
{
    public static SubmissionResult ResultOf(SmtpStatusCode code) =>
        (int)code is >= 400 and < 500 ? SubmissionResult.TemporaryFailure : SubmissionResult.PermanentFailure;

    public static string Text(SmtpStatusCode code, string words) => $"{(int)code} {ServerText.Clean(words)}".TrimEnd();

    public static string? EnhancedStatus(string words) => Status().Match(words) is { Success: true } found ? found.Value : null;

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?= |$)")]
    private static partial Regex Status();
}
