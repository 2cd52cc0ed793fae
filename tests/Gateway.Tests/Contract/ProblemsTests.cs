using System.Text.RegularExpressions;
using Gateway.Http;
using Gateway.Mail.Faults;

namespace Gateway.Tests.Contract;

/// <summary>Each problem code has one section in openapi/problems.md, which the problem's <c>type</c> links to.</summary>
public sealed partial class ProblemsTests
{
    private static readonly string[] Sections =
        [.. Heading().Matches(File.ReadAllText(RepositoryFiles.Path("openapi/problems.md"))).Select(m => m.Groups["code"].Value)];

    [Fact]
    public void Every_code_has_a_section_and_every_section_a_code() =>
        Assert.Equal(Problems.AllKinds.Select(k => k.Code).Order(StringComparer.Ordinal), Sections.Order(StringComparer.Ordinal));

    [Fact]
    public void Sections_stand_in_alphabetical_order() => Assert.Equal(Sections.Order(StringComparer.Ordinal), Sections);

    [Fact]
    public void Every_section_names_the_status_of_its_code()
    {
        var text = File.ReadAllText(RepositoryFiles.Path("openapi/problems.md"));

        Assert.All(Problems.AllKinds.Where(k => k.Status != 0), kind => Assert.Contains($"## {kind.Code}\n\n{kind.Status}. ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mail_fault_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<MailFault>().Select(MailFaultProblems.KindOf).Select(k => k.Code).ToList();

        Assert.Equal(codes.Distinct(), codes);
        Assert.Equal(codes.Count, Problems.AllKinds.Count(k => codes.Contains(k.Code)));
    }

    [Fact]
    public void No_code_has_two_meanings()
    {
        var kinds = Problems.AllKinds.ToList();

        Assert.Equal(kinds.Count, kinds.Select(k => k.Code).Distinct().Count());
        Assert.All(kinds, kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", kind.Code));
    }

    [GeneratedRegex("^## (?<code>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
