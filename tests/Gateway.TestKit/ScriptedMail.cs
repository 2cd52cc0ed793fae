namespace Gateway.TestKit;

/// <summary>A mail that a scripted SMTP server has accepted.</summary>
public sealed record ScriptedMail(string Sender, IReadOnlyList<string> Recipients, string Content);
