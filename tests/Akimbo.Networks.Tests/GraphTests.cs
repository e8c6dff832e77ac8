using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;

namespace Akimbo.Networks.Tests;

public sealed class GraphTests
{
    [Fact]
    public void Trace_OfANetwork_ListsValuesInTheOrderOfComputation()
    {
        var network = TestNetwork.Of(scope =>
        {
            var conv = new Conv2d(scope / "conv", 3, 8, kernelSize: 3, stride: 2, padding: 1);
            return x => conv.Forward(x).Relu().UpsampleNearest(2).MaxPool2d(kernelSize: 3, stride: 1, padding: 1);
        });

        var graph = network.Trace([1, 3, 16, 12]);

        Assert.Equal(["Input [1, 3, 16, 12]", "Conv2d conv [1, 8, 8, 6]", "ReLU [1, 8, 8, 6]", "UpsampleNearest [1, 8, 16, 12]", "MaxPool2d [1, 8, 16, 12]"],
            graph.Values.Select(value => value.ToString()));
        Assert.Equal([0, 1, 2, 3, 4], graph.Values.Select(value => value.Index));
        Assert.Same(graph.Values[0], graph.Input);
        Assert.Same(graph.Values[^1], Assert.Single(graph.Outputs));
    }

    [Fact]
    public void Evaluate_HandComputedNetwork_GivesItsValues()
    {
        var network = TestNetwork.WithOutputs(scope =>
        {
            var conv = new Conv2d(scope / "conv", 1, 1, kernelSize: 1);
            return x =>
            {
                var doubled = conv.Forward(x);
                return [doubled.Relu() + x, doubled, x];
            };
        });
        network["conv.weight"].Value = new Tensor([1, 1, 1, 1], new float[] { 2 });
        network["conv.bias"].Value = new Tensor([1], new float[] { -1 });
        var input = new Tensor([1, 1, 1, 3], new float[] { 3, 0, -4 });

        var outputs = network.Trace(input.Shape).Evaluate(input);

        Assert.Equal([8f, 0, -4], outputs[0].Span.ToArray());
        Assert.Equal([5f, -1, -9], outputs[1].Span.ToArray());
        Assert.Equal([3f, 0, -4], outputs[2].Span.ToArray());
    }

    [Fact]
    public void Evaluate_InputOfAnotherShape_IsRefused()
    {
        var graph = Graph.Trace([1, 3, 8, 8], x => [x.Relu()]);

        var error = Assert.Throws<ArgumentException>(() => graph.Evaluate(new Tensor([1, 3, 8, 9])));

        Assert.StartsWith("The graph was traced for [1, 3, 8, 8]; the input is [1, 3, 8, 9].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_WithoutOutputs_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Graph.Trace([1, 3, 8, 8], _ => []));

        Assert.StartsWith("The network gives no output.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_OutputOfAnotherGraph_IsRefused()
    {
        Value? foreign = null;
        Graph.Trace([1, 3, 8, 8], x => [foreign = x.Relu()]);

        var error = Assert.Throws<ArgumentException>(() => Graph.Trace([1, 3, 8, 8], x => [x.Relu(), foreign!]));

        Assert.StartsWith("Output 1, ReLU [1, 3, 8, 8], belongs to another graph.", error.Message, StringComparison.Ordinal);
    }
}
