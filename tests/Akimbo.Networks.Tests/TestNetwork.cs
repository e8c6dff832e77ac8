namespace Akimbo.Networks.Tests;

/// <summary>A network that a test writes in place.</summary>
internal sealed class TestNetwork(ParameterScope root, Func<Value, IReadOnlyList<Value>> forward) : Network(root)
{
    public override string Name => "TestNetwork";

    public override IReadOnlyList<Value> Forward(Value input) => forward(input);

    /// <summary>A network of several outputs with random weights.</summary>
    public static TestNetwork WithOutputs(Func<ParameterScope, Func<Value, IReadOnlyList<Value>>> build, int seed = 1)
    {
        var root = new ParameterScope();
        var network = new TestNetwork(root, build(root));
        network.FillRandomly(seed);
        return network;
    }

    /// <summary>A network of one output with random weights.</summary>
    public static TestNetwork Of(Func<ParameterScope, Func<Value, Value>> build, int seed = 1) => WithOutputs(scope =>
    {
        var forward = build(scope);
        return x => [forward(x)];
    }, seed);

    /// <summary>The parameter of the given name.</summary>
    public Parameter this[string name] => Parameters.Single(parameter => parameter.Name == name);
}
