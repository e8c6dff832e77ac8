using Akimbo.Networks.Inference;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;

namespace Akimbo.Networks.Tests.Inference;

public sealed class MemoryPlanTests(WorkerPools pools) : IClassFixture<WorkerPools>
{
    private const int MapLength = 12 * 10 * 16;

    [Fact]
    public void Plan_Chain_UsesTheMemoryOfTwoMaps()
    {
        var network = TestNetwork.Of(scope =>
        {
            var layers = Enumerable.Range(0, 8).Select(i => new Conv2d(scope / i, 16, 16, kernelSize: 3, padding: 1)).ToList();
            return x => layers.Aggregate(x, (value, layer) => layer.Forward(value).Relu());
        });

        Assert.Equal(2 * MapLength, ArenaLength(network, [1, 16, 12, 10]));
    }

    [Fact]
    public void Plan_ConvolutionOfThePhoto_ReadsTheCallersMemory()
    {
        var network = TestNetwork.Of(scope => new Conv2d(scope, 3, 16, kernelSize: 3, padding: 1).Forward);
        var program = Program(network, [1, 3, 12, 10]);

        Assert.Equal(MapLength, program.ArenaLength);
        Assert.Equal(["Conv2d", "Output"], program.Steps.Select(step => step.Name));
    }

    [Fact]
    public void Plan_PhotoThatIsAlsoAdded_IsBlockedToo()
    {
        var network = TestNetwork.Of(scope =>
        {
            var layer = new Conv2d(scope / "a", 3, 3, kernelSize: 3, padding: 1);
            return x => layer.Forward(x) + x;
        });
        var program = Program(network, [1, 3, 12, 10]);

        Assert.Equal(2 * MapLength, program.ArenaLength);
        Assert.Equal(["Input", "Conv2d a", "Output"], program.Steps.Select(step => step.Name));
    }

    [Fact]
    public void Plan_ValueUsedMuchLater_KeepsItsMemory()
    {
        var network = TestNetwork.Of(scope =>
        {
            var layers = Enumerable.Range(0, 5).Select(i => new Conv2d(scope / i, 16, 16, kernelSize: 3, padding: 1)).ToList();
            return x => layers.Aggregate(x, (value, layer) => layer.Forward(value).Relu()) + x;
        });

        Assert.Equal(3 * MapLength, ArenaLength(network, [1, 16, 12, 10]));
    }

    [Fact]
    public void Plan_SumThatNothingElseNeeds_TakesThePlaceOfWhatItAddsTo()
    {
        var network = TestNetwork.Of(scope =>
        {
            var (a, b, c) = (Layer(scope / "a"), Layer(scope / "b"), Layer(scope / "c"));
            return x =>
            {
                var first = a.Forward(x);
                return c.Forward(b.Forward(first)) + first;
            };
        });

        Assert.Equal(2 * MapLength, ArenaLength(network, [1, 16, 12, 10]));
    }

    [Fact]
    public void Plan_SumWithAnOutputOfTheNetwork_LeavesItAsItIs()
    {
        var network = TestNetwork.WithOutputs(scope =>
        {
            var (a, b) = (Layer(scope / "a"), Layer(scope / "b"));
            return x =>
            {
                var first = a.Forward(x);
                return [first, b.Forward(first) + first];
            };
        });
        Tensor input = new([1, 16, 12, 10]);
        input.Span.Fill(1);

        DefinitionAssert.RunsAsDefined(network, pools, tolerance: 1e-5, input);
    }

    private static Conv2d Layer(ParameterScope scope) => new(scope, 16, 16, kernelSize: 3, padding: 1);

    private int ArenaLength(Network network, Shape shape) => Program(network, shape).ArenaLength;

    private CompiledProgram Program(Network network, Shape shape) => new CompiledNetwork(network, pools.One).ProgramFor(shape);
}
