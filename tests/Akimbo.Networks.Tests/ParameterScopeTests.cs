namespace Akimbo.Networks.Tests;

public sealed class ParameterScopeTests
{
    [Fact]
    public void Divide_NamesAndPositions_JoinsThemWithDots()
    {
        var root = new ParameterScope();

        Assert.Equal("", root.Path);
        Assert.Equal("stage.0.12.inv", (root / "stage" / 0 / 12 / "inv").Path);
        Assert.Equal("stage.0", (root / "stage" / 0).ToString());
    }

    [Fact]
    public void Parameter_InAnyScope_IsListedInTheOrderOfDeclaration()
    {
        var root = new ParameterScope();
        var inner = root / "b";
        inner.Parameter("weight", [4, 3, 1, 1]);
        root.Parameter("scale", [1]);
        (root / "a").Buffer("steps", [], isOptional: true);

        Assert.Equal(["b.weight [4, 3, 1, 1]", "scale [1]", "a.steps []"], root.Parameters.Select(parameter => parameter.ToString()));
        Assert.Same(root.Parameters[0], inner.Parameters[0]);
    }

    [Fact]
    public void Parameter_AndBuffer_DifferInWhatIsLearnedAndWhatMayBeMissing()
    {
        var root = new ParameterScope();
        var learned = root.Parameter("weight", [2]);
        var kept = root.Buffer("running_mean", [2]);
        var counter = root.Buffer("num_batches_tracked", [], isOptional: true);

        Assert.Equal((false, false), (learned.IsBuffer, learned.IsOptional));
        Assert.Equal((true, false), (kept.IsBuffer, kept.IsOptional));
        Assert.Equal((true, true), (counter.IsBuffer, counter.IsOptional));
    }

    [Fact]
    public void Parameter_NameThatIsTaken_IsRefused()
    {
        var root = new ParameterScope();
        (root / "conv" / 1).Parameter("weight", [2]);

        var error = Assert.Throws<ArgumentException>(() => (root / "conv" / "1").Buffer("weight", [3]));

        Assert.StartsWith("The parameter conv.1.weight is declared twice.", error.Message, StringComparison.Ordinal);
        Assert.Single(root.Parameters);
    }
}
