using Akimbo.Training;
using Akimbo.Training.Recipes;

namespace Akimbo.Tests.Training;

public sealed class LearningRateTests
{
    private const int StepsPerEpoch = 10;

    [Fact]
    public void At_MilestonesInEpochs_StaysDuringAnEpoch()
    {
        LearningRate rate = Of("""schedule={"type":"multi-step","milestones":[2,3],"factor":0.5}""");
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], new long[] { 0, 19, 20, 29, 30 }.Select(rate.At));
    }

    [Fact]
    public void At_MilestonesInSteps_FallsAtTheStep()
    {
        LearningRate rate = Of("""schedule={"type":"multi-step","milestones":[15],"factor":0.1,"inSteps":true}""");
        Assert.Equal([1, 0.1], new long[] { 14, 15 }.Select(rate.At));
    }

    [Fact]
    public void At_CosineWithWarmup_RisesAndFallsToItsMinimum()
    {
        LearningRate rate = Of("""schedule={"type":"cosine","minimum":0.1,"warmupSteps":4}""");
        Assert.Equal(0.25, rate.At(0), 0.01);
        Assert.Equal(0.55, rate.At(50), 1e-12);
        Assert.Equal(0.1, rate.At(100), 1e-12);
        Assert.True(rate.At(60) > rate.At(61));
    }

    [Fact]
    public void Report_ScoresThatDoNotRise_LowerTheRateAndAreRemembered()
    {
        string plateau = """schedule={"type":"plateau","patience":1,"factor":0.5}""";
        LearningRate rate = Of(plateau), resumed = Of(plateau);
        Assert.Equal(1, rate.At(5));
        foreach (double score in (double[])[50, 60, 60]) rate.Report(score);
        resumed.Restore(rate.State);
        rate.Report(59);
        resumed.Report(59);
        Assert.Equal(0.5, rate.At(5));
        Assert.Equal(0.5, resumed.At(5));
        Assert.Equal(rate.State, resumed.State);
    }

    private static LearningRate Of(string schedule) =>
        new(RecipeFile.Parse(TinyRecipe.Json, "tiny.json", [schedule, "epochs=10", "optimizer.learningRate=1"]), StepsPerEpoch);
}
