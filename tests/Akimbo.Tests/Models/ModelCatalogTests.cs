using Akimbo.Models;
using Akimbo.Prediction;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Tests.Models;

public sealed class ModelCatalogTests
{
    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_EveryName_MakesANetworkThatFitsItsTask(string name)
    {
        var model = ModelCatalog.Create(name);
        int keypoints = model.Skeleton.Keypoints.Count;

        switch (model.Task)
        {
            case TopDownTask task:
                var heatmaps = model.Architecture.CreateNetwork().Trace([1, 3, task.InputHeight, task.InputWidth]).Outputs[^1].Shape;
                Assert.Equal([1, keypoints, (int)(task.InputHeight / task.Stride), (int)(task.InputWidth / task.Stride)], heatmaps);
                break;
            case BottomUpTask task:
                var (width, height) = task.InputSize.For(640, 480);
                var outputs = model.Architecture.CreateNetwork().Trace([1, 3, height, width]).Outputs;
                Assert.Equal([[1, 2 * keypoints, height / 4, width / 4], [1, keypoints, height / 2, width / 2]], outputs.Select(output => output.Shape));
                break;
            case SquareBottomUpTask task:
                var maps = model.Architecture.CreateNetwork().Trace([1, 3, task.BaseSize, task.BaseSize]).Outputs[^1].Shape;
                Assert.True(maps[1] >= 2 * keypoints);
                Assert.Equal(task.BaseSize / 4, maps[2]);
                break;
            default:
                Assert.Fail($"{name} has a task that is not tested.");
                break;
        }
    }

    [Fact]
    public void Create_UnknownName_SuggestsTheNearest() =>
        Assert.Contains("Did you mean 'hrnet-w32'", Assert.Throws<ArgumentException>(() => ModelCatalog.Create("hrnet_w32")).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void Guess_TheModelsOwnTensors_FindsAModelOfTheSameNetwork(string name)
    {
        var model = ModelCatalog.Create(name);
        var tensors = new Dictionary<string, StoredTensor>();
        foreach (var parameter in model.Architecture.CreateNetwork().Parameters)
        {
            if (parameter.IsOptional) continue;
            tensors["module." + parameter.Name] = StoredTensor.Create(parameter.Shape, new float[(int)parameter.Shape.ElementCount].AsSpan());
        }

        var guessed = ModelLoader.Guess(tensors);

        Assert.Equal(model.Architecture.GetType(), guessed.Architecture.GetType());
        Assert.Equal(Parameters(model), Parameters(guessed));
        Assert.Equal(model.Skeleton.Name, guessed.Skeleton.Name);
    }

    private static IEnumerable<string> Parameters(PoseModel model) => model.Architecture.CreateNetwork().Parameters.Select(parameter => parameter.ToString());
}
