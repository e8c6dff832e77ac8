using Akimbo.Cli.Prediction;
using Akimbo.Geometry;

namespace Akimbo.Cli.Tests.Prediction;

public sealed class EstimatorPlanTests : IDisposable
{
    private static readonly PersonBox[] OneBox = [new(new Box(0, 0, 1, 1))];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--box and --boxes are ways to give the same; use one of them", "--box 0,0,1,1 --boxes boxes.json")]
    [InlineData("use one of them", "--box 0,0,1,1 --detector d.akimbo --model hrnet-w32")]
    [InlineData("use one of them", "--whole --detector d.akimbo --model hrnet-w32")]
    [InlineData("use one of them", "--boxes boxes.json --detector d.akimbo")]
    [InlineData("--detector, which is missing", "--detector-model lite-pose")]
    [InlineData("--box has no scores for --min-box-score", "--min-box-score 0.5 --box 0,0,1,1")]
    [InlineData("--whole has no scores for --min-box-score", "--min-box-score 0.5 --whole")]
    [InlineData("lite-pose is bottom-up: it finds people by itself and takes no --box.", "--box 0,0,1,1 --model lite-pose")]
    [InlineData("takes no --boxes.", "--boxes boxes.json --model associative-embedding")]
    [InlineData("takes no --whole.", "--whole --model lite-pose")]
    [InlineData("takes no --min-box-score.", "--min-box-score 0.5 --model lite-pose")]
    [InlineData("takes no --detector.", "--detector d.akimbo --model lite-pose")]
    [InlineData("hourglass-2 is top-down and needs boxes itself", "--detector d.akimbo --detector-model hourglass-2 --model hrnet-w32")]
    [InlineData("lite-pose sees a photo at one scale", "--scales 2,1 --model lite-pose")]
    [InlineData("hrnet-w32 sees a photo at one scale", "--scales 2,1 --model hrnet-w32")]
    public void Check_OptionsThatDoNotGoTogether_OneLineBeforeAnyFileIsOpened(string expected, string options)
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(["predict", "none.jpg", "--weights", "none.pth", .. options.Split(' ')], output, error));
        Assert.Contains(expected, Assert.Single(error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ModelWithoutWeights_SaysWhatIsMissing()
    {
        var plan = new EstimatorPlan(Weights: null, new PoseEstimatorOptions { Model = "hrnet-w32" }, new BoxSource());
        Assert.Contains("--model hrnet-w32 names the model of a file with weights, which is missing.", Assert.Throws<UsageException>(plan.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_BoxesWithoutWeights_SaysThatTheyAreForOtherModels()
    {
        foreach (var boxes in (BoxSource[])[new() { Boxes = OneBox }, new() { MinScore = 0.5f }, new() { IsWholeImage = true }])
        {
            var plan = new EstimatorPlan(Weights: null, new PoseEstimatorOptions(), boxes);
            Assert.EndsWith("is for top-down models; the network that comes with akimbo finds people by itself. Name another by --weights.", Assert.Throws<UsageException>(plan.Check).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Check_UnknownNames_SuggestTheNearest()
    {
        var plan = new EstimatorPlan("w.akimbo", new PoseEstimatorOptions { Model = "hrnet-w23" }, new BoxSource());
        Assert.Contains("Did you mean 'hrnet-w32'", Assert.Throws<ArgumentException>(plan.Check).Message, StringComparison.Ordinal);
        plan = new EstimatorPlan("w.akimbo", new PoseEstimatorOptions(), new BoxSource { Detector = "d.akimbo", DetectorModel = "litepose" });
        Assert.Contains("Did you mean 'lite-pose'", Assert.Throws<ArgumentException>(plan.Check).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hrnet-w32", "--box")]
    [InlineData("hourglass-8", "--detector")]
    [InlineData("hourglass-8", "--whole")]
    [InlineData("hourglass-8", null)]
    [InlineData(null, "--boxes")]
    public void Check_OptionsThatGoTogether_NoError(string? model, string? option)
    {
        var boxes = option switch
        {
            "--box" => new BoxSource { Boxes = OneBox },
            "--boxes" => new BoxSource { DetectionsFile = "boxes.json", MinScore = 0.5f },
            "--whole" => new BoxSource { IsWholeImage = true },
            null => new BoxSource { MinScore = 0.5f },
            _ => new BoxSource { Detector = "d.akimbo", DetectorModel = "lite-pose", MinScore = 0.5f },
        };
        new EstimatorPlan("w.akimbo", new PoseEstimatorOptions { Model = model }, boxes).Check();
        Assert.Equal(option, boxes.Option);
    }

    [Fact]
    public void Load_ModelFilesThatOptionsDoNotGoWith_OneClearError()
    {
        MadeUpWeights.SaveNarrowHourglass(_folder["hourglass.akimbo"]);
        MadeUpWeights.SaveNarrowEmbedding(_folder["embedding.akimbo"]);

        Assert.Contains("narrow-embedding is bottom-up", Problem("embedding.akimbo", new BoxSource { Boxes = OneBox }), StringComparison.Ordinal);
        Assert.Contains("narrow-hourglass is top-down and needs boxes itself", Problem("hourglass.akimbo", new BoxSource { Detector = _folder["hourglass.akimbo"] }), StringComparison.Ordinal);

        string Problem(string weights, BoxSource boxes) =>
            Assert.Throws<UsageException>(() => new EstimatorPlan(_folder[weights], new PoseEstimatorOptions(), boxes).Load().Dispose()).Message;
    }
}
