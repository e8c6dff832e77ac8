using System.Text.Json;
using System.Text.RegularExpressions;
using Akimbo.Imaging;
using Akimbo.Testing;

namespace Akimbo.Cli.Tests;

/// <summary>What the README shows is what there is.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string Weights = "litepose-auto-crowdpose.pth";
    private const string HighResolutionWeights = "pose_hrnet_w32_256x192.pth";
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Commands => [.. new[] { "README.md", "docs/models.md", "docs/predict.md", "docs/evaluate.md", "docs/train.md" }.SelectMany(CommandLines)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CSharpBlock_IsTheQuickStartSample()
    {
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "QuickStart", "Program.cs"));
        Assert.Equal(sample.Trim(), Assert.Single(Blocks("README.md", "csharp")).Trim());
    }

    [Fact]
    public void CSharpBlock_OfTraining_IsTheSample()
    {
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "Training", "Program.cs"));
        Assert.Equal(sample.Trim(), Assert.Single(Blocks("docs/train.md", "csharp")).Trim());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_Parses(string command)
    {
        string arguments = command["./akimbo".Length..].Split('<')[0].Replace("'", "\"", StringComparison.Ordinal);
        Assert.Empty(AkimboCommand.Create().Parse(arguments).Errors);
    }

    [ReferenceDataFact]
    public void Commands_InAFolderWithThePhotoAndTheWeights_AllSucceed()
    {
        _folder.Link("golden/real_network/000000196141.jpg", "photo.jpg", "photos/one.jpg", "photos/inner/two.jpg");
        _folder.Link($"weights/{Weights}", Weights);
        MadeUpWeights.SaveZeros(_folder[HighResolutionWeights], "hrnet-w32");

        foreach (string command in CommandLines("README.md"))
        {
            var (exitCode, _, error) = CommandProcess.Run(command, _folder.Path);
            Assert.True(exitCode == 0, $"{command}\n{error}");
        }

        Assert.Equal(["drawn/inner/two.jpg", "drawn/one.jpg"], _folder.Files().Where(file => file.StartsWith("drawn", StringComparison.Ordinal)));
        Assert.Equal(640, Image.Load(_folder["people.png"]).Width);
        using var people = JsonDocument.Parse(File.ReadAllText(_folder["people.json"]));
        Assert.True(people.RootElement.GetArrayLength() >= 8, $"{people.RootElement.GetArrayLength()} people in two copies of a photo of four.");
    }

    private static IEnumerable<string> CommandLines(string page) =>
        Blocks(page, "bash").SelectMany(block => block.Split('\n')).Where(line => line.StartsWith("./akimbo", StringComparison.Ordinal));

    private static IEnumerable<string> Blocks(string page, string language) =>
        CodeBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => match.Groups["code"].Value);

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
